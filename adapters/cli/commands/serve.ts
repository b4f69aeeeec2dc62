import {
  type ServerOptions,
  startServer,
} from "../../dev_server/start_server.ts";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import type { Overrides } from "../../dev_server/overrides/apply_overrides.ts";
import { parseOverride } from "../../dev_server/overrides/parse_override.ts";
import { describeName } from "../text/describe_value.ts";

/** The port of GrowthBook Proxy. */
const defaultPort = "3300";

/** Serves a payload file as GrowthBook's SDK API would. */
export const serveCommand: Command = defineCommand({
  name: "serve",
  summary: "Serves a payload file as GrowthBook's SDK API would.",
  description: [
    "Serves a payload file as GrowthBook's SDK API would, for developing and testing without a GrowthBook installation. Changes of the file are pushed to the clients at once; a file that can't be used leaves the last good one in place.",
    "The routes are GET /api/features/KEY (the payload, with an ETag), GET /sub/KEY (changes, as server-sent events) and, with --remote-eval, POST /api/eval/KEY (the values for one user).",
    "It speaks OFREP as well, so that a provider of OpenFeature for any language evaluates here: POST /ofrep/v1/evaluate/flags/FLAG, POST /ofrep/v1/evaluate/flags (all flags, with an ETag) and GET /ofrep/v1/events (changes). Where --key is given, a client needs one of them as a bearer token or as x-api-key.",
    "Only requests for a host name of this machine are answered, so that no page of another site can read the payload through a name that points here.",
  ],
  positionals: {
    FILE: {
      summary:
        "The payload: the answer of a GrowthBook API, or a plain record of features.",
    },
  },
  options: {
    port: {
      value: "PORT",
      summary:
        `Where to listen; default ${defaultPort}, and 0 is any port that is free.`,
    },
    host: {
      value: "ADDRESS",
      summary:
        "The address to listen at; default 127.0.0.1, which only this machine can reach. 0.0.0.0 is every address of this machine.",
    },
    "allow-host": {
      value: "NAME",
      isRepeatable: true,
      summary:
        "Answers requests for this host name too, beside localhost, 127.0.0.1, ::1 and the address of --host. * is any name.",
    },
    key: {
      value: "KEY",
      isRepeatable: true,
      summary: "A client key that is known. Without this option every key is.",
    },
    encrypt: {
      value: "KEY",
      summary:
        "Encrypts the payload with a key, base64 of 16, 24 or 32 bytes. Users who may list the processes of this machine see it.",
    },
    force: {
      value: "KEY=VALUE",
      isRepeatable: true,
      summary:
        "Gives a feature this value for every user, whatever its rules say. The value is JSON, or else a text.",
    },
    overrides: {
      value: "FILE",
      summary:
        'A JSON file with such values, { "KEY": VALUE }. It may come later, and its changes are pushed; --force beats it.',
    },
    "remote-eval": {
      summary: "Evaluates for each user, and gives values instead of rules.",
    },
  },
  examples: [
    "serve payload.json",
    "serve payload.json --port 0 --key sdk-dev --remote-eval",
    "serve payload.json --force new-checkout=true --overrides mine.json",
  ],
  run: async ({ positionals, options }, host) => {
    const port = /^\d{1,5}$/.test(options.port ?? defaultPort)
      ? Number(options.port ?? defaultPort)
      : NaN;
    if (!(port <= 65_535)) {
      return await refuse(
        host,
        "Cannot use --port: it is no number from 0 to 65535",
      );
    }
    if (options["remote-eval"] && options.encrypt !== null) {
      return await refuse(
        host,
        "Cannot use --encrypt with --remote-eval: values for one user are not encrypted",
      );
    }
    const overrides = readOverrides(options.force);
    if (overrides === null) {
      return await refuse(host, "Cannot use --force: KEY=VALUE is needed");
    }
    const say = (message: string) => {
      const time = new Date(host.clock.now()).toISOString().slice(11, 19);
      // A log that can't be written keeps nobody from being served.
      host.print(`${time}  ${describeName(message)}\n`).catch(() => {});
    };
    const settings: ServerOptions = {
      file: positionals.FILE,
      port,
      keys: options.key,
      allowedHosts: options["allow-host"],
      overrides,
      remoteEval: options["remote-eval"],
      onMessage: say,
      ...options.overrides === null ? {} : { overridesFile: options.overrides },
      ...options.host === null ? {} : { host: options.host },
      ...options.encrypt === null ? {} : { encryptionKey: options.encrypt },
    };
    const interrupted = host.interrupted();
    try {
      const server = await startServer(settings);
      say(
        `Serving ${
          kindOf(settings)
        } of ${settings.file} at ${server.url}; Ctrl+C stops`,
      );
      await interrupted;
      await server.close();
      say("Stopped");
      return exitCodes.ok;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return await refuse(host, describeName(message));
    }
  },
});

/** Reads what is forced; null where one of it can't be read. The last value of a key counts. */
function readOverrides(texts: readonly string[]): Overrides | null {
  const entries = texts.map(parseOverride);
  return entries.includes(null)
    ? null
    : Object.fromEntries(entries.filter((entry) => entry !== null));
}

function kindOf({ remoteEval, encryptionKey }: ServerOptions): string {
  if (remoteEval === true) return "remote evaluation";
  return encryptionKey === undefined ? "definitions" : "encrypted definitions";
}

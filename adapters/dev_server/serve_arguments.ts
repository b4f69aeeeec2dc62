import { parseArgs } from "node:util";
import { describeName } from "../cli/text/describe_name.ts";
import type { ServerOptions } from "./start_server.ts";

/** What the arguments of the command ask for. */
export type ServeArguments =
  | { readonly kind: "serve"; readonly options: ServerOptions }
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly message: string };

const definitions = {
  port: { type: "string" },
  key: { type: "string", multiple: true },
  host: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  encrypt: { type: "string" },
  "remote-eval": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** The port of GrowthBook Proxy. */
const defaultPort = 3300;

/**
 * Reads the arguments of `deno task serve`. No value is repeated in what is said to be wrong, since
 * it may be a key that has lost its option; names of options are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readServeArguments(["shop.json", "--key", "sdk-1"]), {
 *   kind: "serve",
 *   options: { file: "shop.json", port: 3300, keys: ["sdk-1"], remoteEval: false },
 * });
 * assertEquals(readServeArguments([]).kind, "invalid");
 * ```
 */
export function readServeArguments(given: readonly string[]): ServeArguments {
  // `deno task` hands over the `--` that other runners take away.
  const args = given[0] === "--" ? given.slice(1) : [...given];
  const { values, positionals, tokens } = parseArgs({
    args,
    options: definitions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const fault = findFault(token.name, token.rawName, token.value);
    if (fault !== null) return invalid(fault);
  }
  if (values.help) return { kind: "help" };
  const [file] = positionals;
  if (file === undefined) {
    return invalid("Cannot serve: the payload's file is missing, see --help");
  }
  if (positionals.length > 1) {
    return invalid("Cannot serve more than one file, see --help");
  }
  const port = readPort(values.port);
  if (port === null) {
    return invalid("Cannot use --port: it is no number from 0 to 65535");
  }
  if (values["remote-eval"] && values.encrypt !== undefined) {
    return invalid(
      "Cannot use --encrypt with --remote-eval: values for one user are not encrypted",
    );
  }
  const options: ServerOptions = {
    file,
    port,
    keys: (values.key ?? []).map(String),
    ...values["allow-host"] === undefined
      ? {}
      : { allowedHosts: values["allow-host"].map(String) },
    remoteEval: values["remote-eval"] === true,
    ...(typeof values.host === "string" ? { host: values.host } : {}),
    ...(typeof values.encrypt === "string"
      ? { encryptionKey: values.encrypt }
      : {}),
  };
  return { kind: "serve", options };
}

function findFault(
  name: string,
  rawName: string,
  value: string | undefined,
): string | null {
  const shown = describeName(rawName);
  if (!Object.hasOwn(definitions, name)) {
    return `Cannot read ${shown}: there is no such option, see --help`;
  }
  const { type } = definitions[name as keyof typeof definitions];
  if (type === "boolean") {
    return value === undefined
      ? null
      : `Cannot read ${shown}: it takes no value`;
  }
  return value === undefined || value === "" || value.startsWith("--")
    ? `Cannot read ${shown}: its value is missing`
    : null;
}

function readPort(value: string | boolean | undefined): number | null {
  if (value === undefined) return defaultPort;
  const port = /^\d{1,5}$/.test(String(value)) ? Number(value) : NaN;
  return port <= 65_535 ? port : null;
}

function invalid(message: string): ServeArguments {
  return { kind: "invalid", message };
}

import { readFile, writeFile } from "node:fs/promises";
import {
  type Command,
  defineCommand,
  exitCodes,
  print,
  refuse,
} from "../command/command.ts";
import {
  describeReadError,
  describeWriteError,
} from "../payload/describe_read_error.ts";
import { readPayload } from "../payload/read_payload.ts";
import { describeName } from "../text/describe_value.ts";
import { writeTypes } from "../types/write_types.ts";

/** Writes the types of the features of a payload. */
export const typesCommand: Command = defineCommand({
  name: "types",
  summary: "Writes the TypeScript types of a payload's features.",
  description: [
    "Writes the interface AppFeatures of a payload, for createClient<AppFeatures> and Context<AppFeatures>: the type of each feature, with its description and default value. It needs the payload alone, and no API key.",
    "The features are in the order of their keys, so the text changes only where the features do.",
  ],
  positionals: {
    FILE: {
      summary: "The payload: a file, a URL, or - for standard input.",
    },
  },
  options: {
    output: {
      value: "FILE",
      summary:
        "Writes the types to a file instead of standard output. A file that this command has not written is left alone.",
    },
    check: {
      value: "FILE",
      summary:
        "Writes nothing, and ends with 1 where the file differs from the types of the payload.",
    },
    key: {
      value: "KEY",
      summary: "The key of an encrypted payload. It is never printed.",
    },
  },
  finding: "The file of --check differs, or there is none.",
  examples: [
    "types payload.json --output app_features.ts",
    "types https://cdn.growthbook.io/api/features/sdk-abc123 --check app_features.ts",
  ],
  run: async ({ positionals, options }, host) => {
    const { check, output } = options;
    if (check !== null && output !== null) {
      return await refuse(host, "Cannot use --check with --output");
    }
    const loaded = await readPayload(host, positionals.FILE, options.key);
    if (loaded.kind === "unusable") return await refuse(host, loaded.message);
    const text = writeTypes(loaded.payload);
    if (check === null && output === null) return await print(host, text);
    const path = check ?? output!;
    const found = await readIfThere(path);
    if (found instanceof Error) {
      return await refuse(host, describeReadError(path, found));
    }
    if (check !== null) {
      if (found?.replaceAll("\r\n", "\n") === text) return exitCodes.ok;
      await host.complain(
        `${describeName(check)} ${
          found === null ? "is not there" : "differs from the payload"
        }: write it with ${host.program} types FILE --output ${
          describeName(check)
        }\n`,
      );
      return exitCodes.finding;
    }
    if (found !== null && !found.includes("growthstream types")) {
      return await refuse(
        host,
        `Cannot write ${
          describeName(path)
        }: it is another file, and is left as it is`,
      );
    }
    try {
      await writeFile(path, text);
    } catch (error) {
      return await refuse(host, describeWriteError(path, error as Error));
    }
    return exitCodes.ok;
  },
});

async function readIfThere(path: string): Promise<string | Error | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return code === "ENOENT" ? null : error as Error;
  }
}

import { parseArgs } from "node:util";
import { describeName } from "../text/describe_name.ts";

/** What a command about a log may be given: the names of its options, and of which kind they are. */
export interface LogOptionNames {
  readonly [name: string]: "string" | "boolean";
}

/** What the arguments of a command about a log say. */
export type LogArguments =
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly message: string }
  | {
    readonly kind: "run";
    /** The path of the log. */
    readonly file: string;
    /** The options that were given, by name; `true` for those without a value. */
    readonly options: ReadonlyMap<string, string | true>;
  };

/**
 * Reads the arguments of a command about a log: the file, and the options that the command has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const names = { json: "boolean" } as const;
 * const parsed = parseLogArguments(["log.db", "--json"], names);
 * assertEquals(parsed.kind === "run" && [parsed.file, parsed.options.get("json")], ["log.db", true]);
 * assertEquals(parseLogArguments([], names), {
 *   kind: "invalid",
 *   message: "Cannot read the log: its file is missing, see --help",
 * });
 * ```
 */
export function parseLogArguments(
  given: readonly string[],
  names: LogOptionNames,
): LogArguments {
  // `deno task` hands over the `--` that other runners take away.
  const args = given[0] === "--" ? given.slice(1) : [...given];
  const types = { ...names, help: "boolean" } as LogOptionNames;
  const options = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { type }]),
  );
  const { tokens } = parseArgs({
    args,
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    tokens: true,
  });
  const files: string[] = [];
  const found = new Map<string, string | true>();
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const { name, value } = token;
    const shown = describeName(token.rawName);
    if (!Object.hasOwn(types, name)) {
      return invalid(
        `Cannot read ${shown}: there is no such option, see --help`,
      );
    }
    if (types[name] === "string") {
      if (!value) return invalid(`Cannot read ${shown}: its value is missing`);
      found.set(name, value);
    } else {
      if (value !== undefined) {
        return invalid(`Cannot read ${shown}: it takes no value`);
      }
      found.set(name, true);
    }
  }
  if (found.has("help")) return { kind: "help" };
  const [file, more] = files;
  if (file === undefined) {
    return invalid("Cannot read the log: its file is missing, see --help");
  }
  if (more !== undefined) {
    return invalid("Cannot read the log: there is more than one file");
  }
  return { kind: "run", file, options: found };
}

function invalid(message: string): LogArguments {
  return { kind: "invalid", message };
}

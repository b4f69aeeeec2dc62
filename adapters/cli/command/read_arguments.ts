import { parseArgs } from "node:util";
import { describeName } from "../text/describe_value.ts";
import type { Command, GivenArguments } from "./command.ts";
import { suggest } from "./suggest.ts";

/** What the arguments of a command ask for. */
export type ReadArguments =
  | { readonly kind: "help" }
  | { readonly kind: "run"; readonly given: GivenArguments }
  | { readonly kind: "invalid"; readonly message: string };

/**
 * Reads the arguments of a command by what its record says of them: what it is to be run with, that
 * help is wanted, or in one line what is wrong. No argument is repeated in such a line unless it is
 * the name of an option: any other one could be a key that has lost its option.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const command = {
 *   name: "report",
 *   positionals: { LOG: { summary: "The log." } },
 *   options: { json: { summary: "Prints JSON." } },
 * };
 * assertEquals(readArguments(command, ["log.db", "--json"]), {
 *   kind: "run",
 *   given: { positionals: { LOG: "log.db" }, options: { json: true } },
 * });
 * assertEquals(readArguments(command, ["log.db", "--jsno"]), {
 *   kind: "invalid",
 *   message: "Cannot read --jsno: there is no such option, did you mean --json?",
 * });
 * ```
 */
export function readArguments(
  command: Pick<Command, "name" | "positionals" | "options">,
  given: readonly string[],
): ReadArguments {
  // `deno task` hands over the `--` that other runners take away.
  const args = given[0] === "--" ? given.slice(1) : [...given];
  const { values, positionals, tokens } = parseArgs({
    args,
    options: definitionsOf(command),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const fault = tokens.map((token) => findFault(command, token))
    .find((message) => message !== null);
  if (fault !== undefined) return invalid(fault);
  if (values.help === true) return { kind: "help" };
  const names = Object.keys(command.positionals);
  const missing = names.slice(positionals.length)
    .find((name) => !command.positionals[name]!.isOptional);
  if (missing !== undefined) {
    return invalid(
      `Cannot run ${command.name}: ${missing} is missing, see --help`,
    );
  }
  if (positionals.length > names.length) {
    const most = names.length === 0
      ? "no argument without an option"
      : `no more than ${names.join(" ")}`;
    return invalid(`Cannot run ${command.name}: it takes ${most}, see --help`);
  }
  return {
    kind: "run",
    given: {
      positionals: Object.fromEntries(
        names.map((name, index) => [name, positionals[index] ?? null]),
      ) as GivenArguments["positionals"],
      options: readOptions(command, values),
    },
  };
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];
type Values = ReturnType<typeof parseArgs>["values"];

function definitionsOf({ options }: Pick<Command, "options">) {
  const definitions = Object.entries(options).map(([name, option]) => [
    name,
    {
      type: option.value === undefined ? "boolean" : "string",
      multiple: option.isRepeatable === true,
    } as const,
  ]);
  return {
    ...Object.fromEntries(definitions),
    help: { type: "boolean", short: "h" } as const,
  };
}

function findFault(
  { options }: Pick<Command, "options">,
  token: Token,
): string | null {
  if (token.kind !== "option") return null;
  const shown = describeName(token.rawName);
  if (token.name === "help") {
    return token.value === undefined
      ? null
      : `Cannot read ${shown}: it takes no value`;
  }
  const option = Object.hasOwn(options, token.name)
    ? options[token.name]
    : undefined;
  if (option === undefined) {
    const near = suggest(token.name, [...Object.keys(options), "help"]);
    return `Cannot read ${shown}: there is no such option, ${
      near === null ? "see --help" : `did you mean --${near}?`
    }`;
  }
  if (option.value === undefined) {
    return token.value === undefined
      ? null
      : `Cannot read ${shown}: it takes no value`;
  }
  return isMissing(token)
    ? `Cannot read ${shown}: its value is missing (${option.value})`
    : null;
}

// A text that looks like the next option is no value, unless it is written `--name=-value`.
function isMissing({ value, inlineValue }: Token & { kind: "option" }) {
  if (value === undefined || value === "") return true;
  return !inlineValue && value.length > 1 && value.startsWith("-");
}

function readOptions(
  { options }: Pick<Command, "options">,
  values: Values,
): GivenArguments["options"] {
  return Object.fromEntries(
    Object.entries(options).map(([name, { value, isRepeatable }]) => {
      const found = values[name];
      if (value === undefined) return [name, found === true];
      if (isRepeatable === true) {
        return [name, [found ?? []].flat().map(String)];
      }
      return [name, typeof found === "string" ? found : null];
    }),
  );
}

function invalid(message: string): ReadArguments {
  return { kind: "invalid", message };
}

import { parseArgs } from "node:util";
import { describeName } from "../text/describe_name.ts";
import type { EvalOptions, ParsedArguments } from "./eval_options.ts";
import { parseObject } from "../text/parse_object.ts";

const definitions = {
  payload: { type: "string" },
  key: { type: "string" },
  attributes: { type: "string" },
  url: { type: "string" },
  feature: { type: "string", multiple: true },
  "sticky-buckets": { type: "string" },
  explain: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the arguments of the command: what to evaluate, that help is wanted, or in one line what is
 * wrong. No argument is repeated in such a line unless it is the name of an option, since any other
 * could be a key that has lost its option.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseArguments(["--help"]), { kind: "help" });
 * assertEquals(parseArguments(["--attributes", "[]"]), {
 *   kind: "invalid",
 *   message: "Cannot use --attributes: it is not a JSON object",
 * });
 * ```
 */
export function parseArguments(given: readonly string[]): ParsedArguments {
  // `deno task` hands over the `--` that other runners take away.
  const args = given[0] === "--" ? given.slice(1) : [...given];
  const { values, tokens } = parseArgs({
    args,
    options: definitions,
    strict: false,
    tokens: true,
  });
  const fault = tokens.map(findFault).find((message) => message !== null);
  if (fault !== undefined) return invalid(fault);
  return values.help ? { kind: "help" } : readValues(values);
}

type Parsed = ReturnType<
  typeof parseArgs<
    { options: typeof definitions; strict: false; tokens: true }
  >
>;
type Token = Parsed["tokens"][number];
type Values = Parsed["values"];

function findFault(token: Token): string | null {
  if (token.kind === "positional") {
    return `Cannot read argument ${token.index + 1}: it belongs to no option`;
  }
  if (token.kind !== "option") return null;
  const name = describeName(token.rawName);
  if (!Object.hasOwn(definitions, token.name)) {
    return `Cannot read ${name}: there is no such option, see --help`;
  }
  const { type } = definitions[token.name as keyof typeof definitions];
  if (type === "string") {
    return isMissing(token)
      ? `Cannot read ${name}: its value is missing`
      : null;
  }
  return token.value === undefined
    ? null
    : `Cannot read ${name}: it takes no value`;
}

// What looks like the next option is no value, unless it is written `--name=-value`.
function isMissing({ value, inlineValue }: Token & { kind: "option" }) {
  if (value === undefined || value === "") return true;
  return !inlineValue && value.length > 1 && value.startsWith("-");
}

function readValues(values: Values): ParsedArguments {
  const attributes = parseObject(values.attributes);
  if (typeof attributes === "string") {
    return invalid(`Cannot use --attributes: ${attributes}`);
  }
  const stickyBuckets = parseObject(values["sticky-buckets"]);
  if (typeof stickyBuckets === "string") {
    return invalid(`Cannot use --sticky-buckets: ${stickyBuckets}`);
  }
  const url = text(values.url);
  if (url !== null && !isWebAddress(url)) {
    const shown = describeName(url);
    return invalid(`Cannot use --url: ${shown} is no absolute http(s) URL`);
  }
  const payload = text(values.payload);
  if (payload !== null && isWebAddress(payload)) {
    return invalid(
      "Cannot read the payload from the network: save it, or pipe it to --payload -",
    );
  }
  const options: EvalOptions = {
    payload,
    key: text(values.key),
    attributes,
    url,
    features: [...new Set((values.feature ?? []).map(String))],
    stickyBuckets: stickyBuckets as EvalOptions["stickyBuckets"],
    explain: values.explain === true,
    json: values.json === true,
  };
  return { kind: "evaluate", options };
}

function text(value: string | boolean | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function isWebAddress(address: string): boolean {
  const protocol = URL.parse(address)?.protocol;
  return protocol === "http:" || protocol === "https:";
}

function invalid(message: string): ParsedArguments {
  return { kind: "invalid", message };
}

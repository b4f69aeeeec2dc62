import {
  type Context,
  explainFeature,
  type Payload,
} from "../../../core/mod.ts";
import type { CommandHost, CommandOutcome } from "./command.ts";
import { defaultAttributes } from "../payload/default_attributes.ts";
import { describeName } from "../text/describe_name.ts";
import { describeReadError } from "../payload/describe_read_error.ts";
import type { EvalOptions } from "./eval_options.ts";
import { formatOutput } from "../payload/format_output.ts";
import { helpText } from "./help_text.ts";
import { loadPayload } from "../payload/load_payload.ts";
import { parseArguments } from "./parse_arguments.ts";
import { summarizeIssues } from "../payload/summarize_issues.ts";

/**
 * Runs the command: reads its arguments and the payload, evaluates, and gives what is to be printed.
 * Touches nothing but what the host reads. Never rejects.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const host = { readPayload: () => Promise.resolve('{"features":{}}'), width: null };
 * assertEquals(await runEval([], host), {
 *   exitCode: 2,
 *   output: "",
 *   errors: "Cannot use the payload: it has no usable features\n",
 * });
 * ```
 */
export async function runEval(
  args: readonly string[],
  host: CommandHost,
): Promise<CommandOutcome> {
  const parsed = parseArguments(args);
  if (parsed.kind === "invalid") return refuse(parsed.message);
  if (parsed.kind === "help") return print(helpText, []);
  return await evaluate(parsed.options, host);
}

async function evaluate(
  options: EvalOptions,
  host: CommandHost,
): Promise<CommandOutcome> {
  const text = await read(options.payload, host);
  if (text instanceof Error) {
    return refuse(describeReadError(options.payload, text));
  }
  const loaded = await loadPayload(text, options.key);
  if (loaded.kind === "unusable") return refuse(loaded.message);
  const { payload, issues } = loaded;
  const unknown = options.features.find((key) =>
    !Object.hasOwn(payload.features, key)
  );
  if (unknown !== undefined) {
    const name = describeName(unknown);
    return refuse(`Cannot evaluate "${name}": the payload has no such feature`);
  }
  const context = createContext(payload, options);
  const keys = options.features.length === 0
    ? Object.keys(payload.features)
    : options.features;
  const explanations = keys.map((key) => explainFeature(context, key));
  const output = formatOutput(explanations, context, options, host.width);
  return output === null
    ? refuse("Cannot print the results as JSON: a value nests too deep")
    : print(`${output}\n`, summarizeIssues(issues));
}

async function read(
  path: string | null,
  host: CommandHost,
): Promise<string | Error> {
  try {
    return await host.readPayload(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function createContext(payload: Payload, options: EvalOptions): Context {
  const { url, stickyBuckets } = options;
  const byDefault = options.payload === null ? defaultAttributes : {};
  return {
    ...payload,
    attributes: options.attributes ?? byDefault,
    ...(url === null ? {} : { url }),
    ...(stickyBuckets === null
      ? {}
      : { stickyBucketAssignmentDocs: stickyBuckets }),
  };
}

function print(output: string, errors: readonly string[]): CommandOutcome {
  const lines = errors.map((line) => `${line}\n`);
  return { exitCode: 0, output, errors: lines.join("") };
}

function refuse(message: string): CommandOutcome {
  return { exitCode: 2, output: "", errors: `${message}\n` };
}

import {
  type ExperimentVerification,
  summarizeDecisions,
  verifyDecisions,
} from "../../../core/events/mod.ts";
import type { Payload } from "../../../core/mod.ts";
import type { CommandOutcome } from "./command.ts";
import { print, refuse } from "./command_outcomes.ts";
import { describeReadError } from "../payload/describe_read_error.ts";
import { describeName } from "../text/describe_name.ts";
import { formatJsonText } from "../text/format_json_text.ts";
import { loadPayload } from "../payload/load_payload.ts";
import { verifyHelp } from "./log_help.ts";
import { openLog } from "../log/open_log.ts";
import { parseLogArguments } from "./parse_log_arguments.ts";

/**
 * Runs `verify`: makes the decisions of a log again and gives what is to be printed. `readPayload`
 * reads the text of the file of a payload.
 */
export async function runVerify(
  args: readonly string[],
  readPayload: (path: string) => Promise<string>,
): Promise<CommandOutcome> {
  const parsed = parseLogArguments(args, {
    payload: "string",
    key: "string",
    json: "boolean",
  });
  if (parsed.kind === "invalid") return refuse(parsed.message);
  if (parsed.kind === "help") return print(verifyHelp);
  const { file, options } = parsed;
  const payload = await read(options, readPayload);
  if (typeof payload === "string") return refuse(payload);
  const log = openLog(file);
  if (typeof log === "string") return refuse(log);
  try {
    const asked = payload === null ? {} : { payload };
    const decisions = verifyDecisions(log.events(), new Map(), asked);
    const experiments = summarizeDecisions(decisions);
    return print(
      options.has("json")
        ? formatJsonText(experiments)
        : format(experiments, payload !== null),
    );
  } finally {
    log.close();
  }
}

async function read(
  options: ReadonlyMap<string, string | true>,
  readPayload: (path: string) => Promise<string>,
): Promise<Payload | null | string> {
  const path = options.get("payload");
  const key = options.get("key") ?? null;
  if (typeof path !== "string") return null;
  try {
    const text = await readPayload(path);
    const loaded = await loadPayload(text, key === true ? null : key);
    return loaded.kind === "unusable" ? loaded.message : loaded.payload;
  } catch (error) {
    return describeReadError(
      path,
      error instanceof Error ? error : new Error(String(error)),
    );
  }
}

function format(
  experiments: readonly ExperimentVerification[],
  isLookAhead: boolean,
): string {
  if (experiments.length === 0) return "no decisions\n";
  return experiments.flatMap((experiment, index) => {
    const { experimentKey, users, same, different, unverifiable } = experiment;
    return [
      ...index === 0 ? [] : [""],
      `experiment ${describeName(experimentKey)}`,
      `  users           ${group(users)}`,
      `  the same        ${share(same, users)}`,
      `  ${isLookAhead ? "would change  " : "different     "}  ${
        share(different, users)
      }`,
      ...experiment.moves.map(({ from, to, users }) =>
        `    ${describeName(from.variationKey)} -> ${
          to === null ? "none" : describeName(to.variationKey)
        }: ${group(users)}`
      ),
      `  not verifiable  ${share(unverifiable, users)}`,
      ...experiment.missing.map(({ reason, attributes, users }) =>
        `    ${reason}${
          attributes.length === 0
            ? ""
            : ` (${attributes.map(describeName).join(", ")})`
        }: ${group(users)}`
      ),
    ];
  }).map((line) => `${line}\n`).join("");
}

function share(part: number, whole: number): string {
  return `${group(part)} (${(part / whole * 100).toFixed(2)} %)`;
}

function group(count: number): string {
  return count.toLocaleString("en-US");
}

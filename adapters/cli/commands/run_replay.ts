import type { CommandOutcome } from "./command.ts";
import { print, refuse } from "./command_outcomes.ts";
import { describeName } from "../text/describe_name.ts";
import { describeValue } from "../text/describe_value.ts";
import { findDecision, type FoundDecision } from "../log/find_decision.ts";
import { formatExplanation } from "../explanation/format_explanation.ts";
import { formatJsonText } from "../text/format_json_text.ts";
import { replayHelp } from "./log_help.ts";
import { openLog } from "../log/open_log.ts";
import { type LogArguments, parseLogArguments } from "./parse_log_arguments.ts";
import { parseMoment } from "../text/parse_moment.ts";

/** Runs `replay`: finds a decision in a log, makes it again, and gives what is to be printed. */
export function runReplay(args: readonly string[]): CommandOutcome {
  const parsed = parseLogArguments(args, {
    feature: "string",
    user: "string",
    at: "string",
    json: "boolean",
  });
  if (parsed.kind === "invalid") return refuse(parsed.message);
  if (parsed.kind === "help") return print(replayHelp);
  const [feature, user] = ["feature", "user"].map((name) =>
    textOf(parsed, name)
  );
  if (!feature) return refuse("Cannot replay: --feature is missing");
  if (!user) return refuse("Cannot replay: --user is missing");
  const moment = parseMoment(textOf(parsed, "at"));
  if (moment === null) {
    return refuse("Cannot use --at: it is neither a position nor a time");
  }
  const log = openLog(parsed.file);
  if (typeof log === "string") return refuse(log);
  try {
    const found = findDecision(log.events(), { feature, user, ...moment });
    if (found === null) {
      return refuse(
        `Cannot replay: no decision about "${describeName(feature)}" for ` +
          `"${describeName(user)}" is recorded`,
      );
    }
    return print(
      parsed.options.has("json")
        ? formatJsonText(found)
        : format(found, feature),
    );
  } finally {
    log.close();
  }
}

function textOf(
  { options }: LogArguments & { kind: "run" },
  name: string,
): string | null {
  const value = options.get(name);
  return typeof value === "string" ? value : null;
}

function format(found: FoundDecision, feature: string): string {
  const { event, exposure, earlier, again } = found;
  const { hashAttribute, hashValue, weights, bucket } = exposure;
  const how = exposure.stickyBucketUsed
    ? "by a sticky bucket"
    : `by the hash${bucket === undefined ? "" : ` (${bucket})`}`;
  const shares = weights.map((weight) => weight.toFixed(2)).join(" ");
  return [
    `feature  ${describeName(feature)}`,
    `user     ${describeName(hashAttribute)} ${describeValue(hashValue)}`,
    `known    ${describeValue(event.user?.attributes ?? {}, Infinity)}`,
    `when     ${
      new Date(event.time).toISOString()
    }, position ${event.position}`,
    `saw      variation ${exposure.variationId} (${
      describeName(exposure.variationKey)
    }) of ${describeName(exposure.experimentKey)}, ${how}, weights ${shares}`,
    `payload  ${describeName(exposure.payloadDigest ?? "not recorded")}`,
    `before   ${earlier} earlier exposure${earlier === 1 ? "" : "s"}`,
    ...formatAgain(found),
    ...again === null ? [] : ["", formatExplanation(again.explanation)],
  ].map((line) => `${line}\n`).join("");
}

function formatAgain({ exposure, again }: FoundDecision): readonly string[] {
  if (again === null) {
    return [
      "again    can't be told: the payload, or a sticky bucket, is not in the log",
    ];
  }
  const { variationKey, missing } = again;
  const outcome = variationKey === exposure.variationKey
    ? "the same"
    : variationKey === null
    ? "no variation"
    : `another variation (${describeName(variationKey)})`;
  const unknown = missing.map(describeName).join(", ");
  return [
    `again    ${outcome}`,
    ...missing.length === 0 ? [] : [`unknown  ${unknown}: not recorded`],
  ];
}

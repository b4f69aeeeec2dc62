import { formatExplanation } from "../explanation/format_explanation.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import type { FoundDecision } from "./find_decision.ts";

/** Writes a decision as text: what was decided, when, for which user, and what comes of it again. */
export function formatDecision(found: FoundDecision, feature: string): string {
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

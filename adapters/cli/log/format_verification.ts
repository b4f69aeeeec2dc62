import type { ExperimentVerification } from "../../../core/events/mod.ts";
import { describeName } from "../text/describe_value.ts";

/**
 * Writes what came of making decisions again, as text. `isLookAhead` says that they were made by
 * another payload than those that were recorded.
 */
export function formatVerification(
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

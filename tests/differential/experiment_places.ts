import type { ExperimentResult } from "../../core/types/result.ts";
import type { Outcome } from "./outcome.ts";

/** What may come of an experiment. */
export const experimentPlaces = [
  "in by hash",
  "in by sticky bucket",
  "in without a hash",
  "out",
  "out by an old sticky bucket",
  "past the last variation",
  "holdout",
  "variation with a key",
  "variation with a name",
  "fallback attribute",
  "hash value that is no text",
  "assignment",
  "several exposures",
] as const;

/** What may come of an experiment. */
export type ExperimentPlace = typeof experimentPlaces[number];

/** Says what came of an experiment. */
export function placesOf(
  result: ExperimentResult,
  hashAttribute: string | undefined,
  { exposures, saved }: Outcome<unknown>,
): readonly ExperimentPlace[] {
  const { inExperiment, hashUsed, stickyBucketUsed } = result;
  const places: readonly (readonly [ExperimentPlace, boolean])[] = [
    ["in by hash", inExperiment && hashUsed && !stickyBucketUsed],
    ["in by sticky bucket", inExperiment && stickyBucketUsed],
    ["in without a hash", inExperiment && !hashUsed],
    ["out", !inExperiment && !stickyBucketUsed],
    ["out by an old sticky bucket", !inExperiment && stickyBucketUsed],
    ["past the last variation", !inExperiment && hashUsed],
    ["holdout", result.passthrough === true],
    ["variation with a key", result.key !== String(result.variationId)],
    ["variation with a name", result.name !== undefined],
    ["fallback attribute", result.hashAttribute !== (hashAttribute || "id")],
    ["hash value that is no text", typeof result.hashValue !== "string"],
    ["assignment", saved.length > 0],
    ["several exposures", exposures.length > 1],
  ];
  return places.filter(([, isReached]) => isReached).map(([place]) => place);
}

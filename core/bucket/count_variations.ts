import type { Experiment } from "../types/experiment.ts";

/** The most variations that get a share of the users each. */
const maxVariations = 10_000;

/**
 * Counts the variations that users are to be spread over. What is no list is counted by the length
 * that it claims. Gives null where no list has such a length, or none that would be of any use.
 */
export function countVariations({ variations }: Experiment): number | null {
  const { length } = variations;
  const isUsable = typeof length !== "number" ||
    Number.isInteger(length) && length <= maxVariations;
  return isUsable ? length : null;
}

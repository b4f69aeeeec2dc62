import { insideOf } from "./projection_state.ts";
import { listEntries } from "../../collections/list_entries.ts";
import { checkSplit, type SplitTest } from "../../statistics/check_split.ts";
import { chiSquaredPValue } from "../../statistics/chi_squared_p_value.ts";
import type {
  ExperimentSplit,
  SampleRatio,
  SplitGroup,
  Splits,
} from "./sample_ratio.ts";

/**
 * What is to be made of the split of an experiment; the first that applies, in this order.
 *
 * - `tooFewUsers`: under no weights are there enough users to tell; at least 5 have to be expected
 *   for each variation that has a weight, or chi-squared is a poor approximation (Cochran 1954)
 * - `mismatch`: a split as uneven, or more so, comes about by chance with a probability under 0.001;
 *   something is wrong with the experiment or with how it is recorded, and its results are not to be
 *   trusted
 * - `crossed`: the split is as it should be, but more than 1 % of the identities saw several
 *   variations
 * - `healthy`: nothing is wrong with the split
 */
export const sampleRatioVerdicts = [
  "tooFewUsers",
  "mismatch",
  "crossed",
  "healthy",
] as const;

/** What is to be made of a split; see {@linkcode sampleRatioVerdicts}. */
export type SampleRatioVerdict = typeof sampleRatioVerdicts[number];

/** Where a p-value says that a split is broken: under this. */
export const mismatchPValue = 0.001;

/** The share of identities with several variations that is tolerated. */
export const toleratedCrossedShare = 0.01;

/** The split of the identities first seen under the same weights, compared with these. */
export interface SplitCheck extends SplitTest {
  /** The weights. */
  readonly weights: readonly number[];
}

/** A variation, as it was seen. */
export interface VariationUsers {
  /** The index. */
  readonly variationId: number;
  /** The key; null where no user saw it. */
  readonly variationKey: string | null;
  /** How many identities the hash gave it. */
  readonly users: number;
  /** How many it should have been, by the weights. */
  readonly expectedUsers: number;
}

/** The split of a phase of an experiment, held against its weights. */
export interface SampleRatioCheck {
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** The phase; null where it has none. */
  readonly phase: string | null;
  /** What is to be made of it. */
  readonly verdict: SampleRatioVerdict;
  /** How likely a split is that is as uneven, or more so; null where there are too few users. */
  readonly pValue: number | null;
  /** Pearson's statistic, summed over the groups that have enough users. */
  readonly chiSquared: number;
  /** Its degrees of freedom. */
  readonly degreesOfFreedom: number;
  /** How many identities saw the experiment in that phase. */
  readonly users: number;
  /** How many of them saw several variations; they count for the first one. */
  readonly crossedUsers: number;
  /** How many were only ever given a variation by a sticky bucket; they don't count for any. */
  readonly keptUsers: number;
  /** The variations, by index. */
  readonly variations: readonly VariationUsers[];
  /** The same by the weights in force when an identity was first seen, oldest first. */
  readonly groups: readonly SplitCheck[];
}

/**
 * Holds the split of each experiment against the weights that were in force, by Pearson's chi-squared
 * test: whether there is a sample ratio mismatch. Coverage doesn't matter, since weights divide
 * the included users. Groups of identities under different weights are tested each for itself; the
 * experiment's statistic is the sum of theirs, with the sum of their degrees of freedom, which holds
 * because no identity is in two groups.
 *
 * Returns a check for each phase of each experiment, sorted by key and phase: what a user saw in another
 * phase, which may bucket all users anew, says nothing of this one.
 *
 * @example
 * ```ts
 * import { checkSampleRatios, replay, sampleRatio } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const { states } = replay([], { sampleRatio });
 * assertEquals(checkSampleRatios(states.sampleRatio), []);
 * ```
 */
export function checkSampleRatios(
  state: SampleRatio,
): readonly SampleRatioCheck[] {
  return Array.from(listEntries(insideOf<Splits>(state))).flatMap((
    [experimentKey, phases],
  ) =>
    Array.from(
      listEntries(phases),
      ([phase, split]) => checkPhase(experimentKey, phase, split),
    )
  );
}

function checkPhase(
  experimentKey: string,
  phase: string,
  split: ExperimentSplit,
): SampleRatioCheck {
  const groups = split.groups.map(({ weights, users }) => ({
    weights,
    ...checkSplit(users, weights),
  }));
  const tested = groups.filter(({ isTestable }) => isTestable);
  const chiSquared = sum(tested.map((group) => group.chiSquared));
  const degreesOfFreedom = sum(tested.map((group) => group.degreesOfFreedom));
  const pValue = tested.length === 0
    ? null
    : degreesOfFreedom === 0
    ? chiSquared > 0 ? 0 : 1
    : chiSquaredPValue(chiSquared, degreesOfFreedom);
  return {
    experimentKey,
    phase: phase === "" ? null : phase,
    verdict: judge(pValue, split.crossed / split.size),
    pValue,
    chiSquared,
    degreesOfFreedom,
    users: split.size,
    crossedUsers: split.crossed,
    keptUsers: split.kept,
    variations: listVariations(split),
    groups,
  };
}

function judge(pValue: number | null, crossed: number): SampleRatioVerdict {
  if (pValue === null) return "tooFewUsers";
  if (pValue < mismatchPValue) return "mismatch";
  return crossed > toleratedCrossedShare ? "crossed" : "healthy";
}

function listVariations(
  { groups, variationKeys }: ExperimentSplit,
): readonly VariationUsers[] {
  return variationKeys.map((variationKey, variationId) => ({
    variationId,
    variationKey,
    users: sum(groups.map(({ users }) => users[variationId] ?? 0)),
    expectedUsers: sum(groups.map((group) => expect(group, variationId))),
  }));
}

function expect({ weights, users }: SplitGroup, variationId: number): number {
  const total = sum(weights);
  return total > 0 ? sum(users) * (weights[variationId] ?? 0) / total : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import { attempt } from "../support/attempt.ts";
import { getOrMake } from "../support/get_or_make.ts";
import type { BucketRange, Experiment } from "../types/experiment.ts";
import { isList } from "../support/is_list.ts";
import { rangesOf } from "./ranges_of.ts";

/** How an experiment shares its users out. */
export interface WeightsInForce {
  /** The share of each variation among the included users; they sum to 1, or all are 0. */
  readonly weights: readonly number[];
  /** The share of users that are included, 0 to 1. */
  readonly coverage: number;
}

// Each exposure asks, and few experiments are seen.
const known = /* @__PURE__ */ new WeakMap<Experiment, WeightsInForce>();

/**
 * Tells how an experiment shares its users out: by its ranges where it has them, else by its weights
 * and coverage, as `getBucketRanges` takes those. What one range covers of an earlier one counts for
 * the earlier. Shares are rounded to twelve digits, so that sums like 0.1 + 0.2 make no weights of
 * their own. An experiment is taken to stay as it is, and gives the same object each time.
 */
export function getWeightsInForce(experiment: Experiment): WeightsInForce {
  return getOrMake(known, experiment, weigh);
}

function weigh(experiment: Experiment): WeightsInForce {
  const ranges = rangesOf(experiment, experiment);
  const widths = measure(isList(ranges) ? ranges : [[0, 0]]);
  const total = widths.reduce((sum, width) => sum + width, 0);
  return Object.freeze({
    weights: Object.freeze(
      widths.map((width) => total > 0 ? round(width / total) : 0),
    ),
    coverage: round(total),
  });
}

// How much of all hashes each range gets: what lies between two ends goes to the first range that has it.
function measure(given: readonly BucketRange[]): readonly number[] {
  const ranges = given.map(clip);
  const ends = [...new Set(ranges.flat())].sort((one, other) => one - other);
  const places = new Map(ends.map((end, place) => [end, place]));
  // By place, where to look for the next gap that is free: there, where it is free itself.
  const next = ends.map((_, place) => place);
  const findFree = (place: number) => {
    while (next[place] !== place) place = next[place] = next[next[place]!]!;
    return place;
  };
  return ranges.map(([start, end]) => {
    const last = places.get(end)!;
    let width = 0;
    for (
      let place = findFree(places.get(start)!);
      place < last;
      place = findFree(place)
    ) {
      width += ends[place + 1]! - ends[place]!;
      next[place] = place + 1;
    }
    return width;
  });
}

// Hashes are from 0 to 1. A range that is no range holds none of them.
function clip(range: BucketRange): BucketRange {
  return attempt<BucketRange>(() => {
    const start = Math.max(0, Number(range?.[0]));
    const end = Math.min(1, Number(range?.[1]));
    return end > start ? [start, end] : [0, 0];
  }, [0, 0]);
}

function round(value: number): number {
  return Math.round(value * 1e12) / 1e12;
}

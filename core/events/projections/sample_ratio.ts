import { getEntry } from "../../collections/get_entry.ts";
import { type Owned, ownList } from "../../collections/owned.ts";
import { packMap } from "../../collections/pack_map.ts";
import { setEntry } from "../../collections/set_entry.ts";
import { emptyMap, type SortedMap } from "../../collections/sorted_map.ts";
import { makeProjection } from "./make_projection.ts";
import type { Projection } from "./projection.ts";
import { hideState, type ProjectionState } from "./projection_state.ts";
import { readData } from "../types/read_data.ts";
import type { ExperimentViewedData } from "../types/tracking_event.ts";

/** What is known of the split of each experiment, by its key. */
export type SampleRatio = ProjectionState<"sample-ratio">;

/** What is inside: what is known of each phase of an experiment, by its key and the phase; `""` for none. */
export type Splits = SortedMap<SortedMap<ExperimentSplit>>;

/** What is known of the split of a phase of an experiment. */
export interface ExperimentSplit {
  /** What was seen of each identity: by attribute, and value as JSON text. */
  readonly identities: SortedMap<SortedMap<Sighting>>;
  /** How many identities there are. */
  readonly size: number;
  /** How many of them saw more than one variation. */
  readonly crossed: number;
  /** How many of them were only ever given a variation by a sticky bucket. */
  readonly kept: number;
  /** The identities whose variation the hash decided, by the weights in force when it first did; oldest first. */
  readonly groups: readonly SplitGroup[];
  /** The keys of the variations, by index, as they were seen last; null where none was seen. */
  readonly variationKeys: readonly (string | null)[];
}

/** The identities that were first shown a variation under the same weights. */
export interface SplitGroup {
  /** The weights. */
  readonly weights: readonly number[];
  /** How many identities got each variation. */
  readonly users: readonly number[];
}

/**
 * What was seen of an identity, packed into an integer since there may be millions: four times the
 * index of the first variation, plus 1 where it is in a group, plus 2 where another variation was
 * seen too.
 */
export type Sighting = number;

const inGroup = 1;

/** Is set in a sighting where another variation was seen too. */
export const hasCrossed = 2;

/**
 * Who got which variation, to tell whether the split of an experiment is what its weights say: see
 * `checkSampleRatios`.
 *
 * An identity is an attribute with a value, and counts once for an experiment, however often it was
 * exposed: for the variation that the hash gave it first, among those first seen under the same
 * weights. So a change of weights, after which old users come back with what they had or move, does
 * not look like a broken split; and neither do users whose variation a sticky bucket decided, who
 * don't count at all unless the hash decides for them later. An identity that saw several variations
 * counts for the first of them, which the hash gave by the weights in force whatever happened later;
 * leaving such identities out would skew the rest. How many they are is reported apart.
 *
 * Exposures without participation (`inExperiment` false) don't count, and neither do those of a
 * variation that has no weight at its index.
 */
export const sampleRatio: Projection<SampleRatio> = /* @__PURE__ */ hideState(
  /* @__PURE__ */ makeProjection<Splits>({
    name: "sample-ratio",
    version: 2,
    initial: emptyMap,
    step: (state, event, owned) => {
      const exposure = readData(event, "experiment.viewed");
      if (exposure === null || !exposure.inExperiment) return state;
      const { experimentKey, phase = "", variationId, weights } = exposure;
      if (variationId >= weights.length) return state;
      const phases = getEntry(state, experimentKey) ?? emptyMap;
      const split = getEntry(phases, phase) ?? nothingSeen;
      const evolved = setEntry(
        phases,
        phase,
        evolveSplit(split, exposure, owned),
        owned,
      );
      return setEntry(state, experimentKey, evolved, owned);
    },
    pack: (state) => packMap(state, (phases) => packMap(phases, packSplit)),
  }),
);

const nothingSeen: ExperimentSplit = /* @__PURE__ */ Object.freeze({
  identities: emptyMap,
  size: 0,
  crossed: 0,
  kept: 0,
  groups: /* @__PURE__ */ Object.freeze([]),
  variationKeys: /* @__PURE__ */ Object.freeze([]),
});

function evolveSplit(
  split: ExperimentSplit,
  exposure: ExperimentViewedData,
  owned: Owned | null,
): ExperimentSplit {
  const { hashAttribute, variationId, stickyBucketUsed } = exposure;
  const text = JSON.stringify(exposure.hashValue);
  const values = getEntry(split.identities, hashAttribute) ?? emptyMap;
  const known: Sighting | undefined = getEntry(values, text);
  const before = known ?? variationId * 4;
  const crosses = before >> 2 !== variationId && (before & hasCrossed) === 0;
  const joins = !stickyBucketUsed && (before & inGroup) === 0;
  const variationKeys = nameVariation(split.variationKeys, exposure);
  if (known !== undefined && !crosses && !joins) {
    return variationKeys === split.variationKeys
      ? split
      : { ...split, variationKeys };
  }
  const after = before | (crosses ? hasCrossed : 0) | (joins ? inGroup : 0);
  const isKept = (after & inGroup) === 0;
  const wasKept = known !== undefined && (known & inGroup) === 0;
  return {
    identities: setEntry(
      split.identities,
      hashAttribute,
      setEntry<Sighting>(values, text, after, owned),
      owned,
    ),
    size: split.size + (known === undefined ? 1 : 0),
    crossed: split.crossed + (crosses ? 1 : 0),
    kept: split.kept + (isKept ? 1 : 0) - (wasKept ? 1 : 0),
    groups: joins ? countUser(split.groups, exposure, owned) : split.groups,
    variationKeys,
  };
}

function packSplit(split: ExperimentSplit): ExperimentSplit {
  const identities = packMap(split.identities, (values) => packMap(values));
  return identities === split.identities ? split : { ...split, identities };
}

function countUser(
  groups: readonly SplitGroup[],
  { weights, variationId }: ExperimentViewedData,
  owned: Owned | null,
): readonly SplitGroup[] {
  // The weights in force are the latest ones as a rule.
  let index = groups.length - 1;
  while (index >= 0 && !isSameList(groups[index]!.weights, weights)) index--;
  const { users } = groups[index] ?? { users: weights.map(() => 0) };
  const counted = ownList(users, owned);
  counted[variationId] = counted[variationId]! + 1;
  if (counted === users) return groups;
  const copy = groups.slice();
  copy[index < 0 ? groups.length : index] = { weights, users: counted };
  return copy;
}

function isSameList<Item>(
  one: readonly Item[],
  other: readonly Item[],
): boolean {
  return one === other || one.length === other.length &&
      one.every((item, index) => item === other[index]);
}

function nameVariation(
  keys: readonly (string | null)[],
  { variationId, variationKey, weights }: ExperimentViewedData,
): readonly (string | null)[] {
  if (keys[variationId] === variationKey) return keys;
  const length = Math.max(keys.length, weights.length);
  const copy = Array.from({ length }, (_, index) => keys[index] ?? null);
  copy[variationId] = variationKey;
  return copy;
}

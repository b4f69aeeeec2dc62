import type { FeatureReference } from "../evaluation/feature_reference.ts";
import { getOrMake } from "../support/get_or_make.ts";
import { isObject } from "../support/read_own.ts";
import type { FeatureDefinition } from "../types/feature.ts";
import {
  type CompiledFeature,
  compileFeature,
  constantFeature,
} from "./compile_feature.ts";

/** The feature that a key names where there is none. */
export const unknownFeature: CompiledFeature = /* @__PURE__ */ constantFeature(
  "",
  null,
  "unknownFeature",
);

/** What is known of a record of definitions. */
interface Store {
  /** Its features that were asked for, by key. */
  readonly known: Map<string, CompiledFeature>;
  /**
   * By the slot of a feature, the one that was asked for after it the last time. Where two features
   * have one slot, the later counts.
   */
  readonly followers: (CompiledFeature | null)[];
}

// Features are immutable by contract and compile the same each time, so neither cache can be seen.
// The first finds a feature by key; the second lets a definition that outlives its payload keep
// its compiled form.
const stores = /* @__PURE__ */ new WeakMap<object, Store>();
const compiledDefinitions = /* @__PURE__ */ new WeakMap<
  object,
  CompiledFeature
>();

// The record that was asked last, which is asked next as a rule: to compare it takes less than to look
// it up. It stays until another one is asked. As a rule the feature that was asked last tells which one
// is asked next, because pages and servers ask for theirs in the same order for each user. Where it did
// not the last time, the next one is looked up: keys that differ take long to compare.
const latest: {
  features: object | null;
  known: Store["known"];
  followers: Store["followers"];
  slot: number;
  isInOrder: boolean;
  turn: number;
} = {
  features: null,
  known: /* @__PURE__ */ new Map(),
  followers: [],
  slot: 0,
  isInOrder: false,
  // Not that of a reference that was not looked up yet: features may be null, as those here.
  turn: 1,
};

/** Finds the feature that a caller asks for, as `findFeature` does, at once where it is the expected one. */
export function findAsked(
  features: unknown,
  key: string,
): CompiledFeature {
  if (latest.isInOrder && latest.features === features) {
    const expected = latest.followers[latest.slot];
    if (expected?.key === key) {
      latest.slot = expected.slot;
      return expected;
    }
  }
  const feature = findFeature(features, key);
  // A record that runs code where it is read may have asked another one meanwhile.
  if (feature !== unknownFeature && latest.features === features) {
    expectNext(feature);
  }
  return feature;
}

function expectNext(feature: CompiledFeature): void {
  const { followers, slot } = latest;
  latest.isInOrder = followers[slot] === feature;
  if (!latest.isInOrder) followers[slot] = feature;
  latest.slot = feature.slot;
}

/** Finds the feature that is referred to, as `findFeature` does, at once where the record was not left since. */
export function findReferred(
  features: unknown,
  reference: FeatureReference,
): CompiledFeature {
  if (latest.features === features && latest.turn === reference.turn) {
    return reference.found!;
  }
  const feature = findFeature(features, reference.id);
  if (feature !== unknownFeature && latest.features === features) {
    reference.found = feature;
    reference.turn = latest.turn;
  }
  return feature;
}

/** Finds a feature in a record of definitions, compiled on first use; unknown where there is none. */
export function findFeature(
  features: unknown,
  key: string,
): CompiledFeature {
  if (!isObject(features)) return unknownFeature;
  const { known, followers } = latest.features === features
    ? latest
    : enter(features);
  let feature = known.get(key);
  if (feature === undefined) {
    const definition = Object.hasOwn(features, key) ? features[key] : undefined;
    if (!definition) return unknownFeature;
    feature = compileOnce(key, definition, known.size);
    known.set(key, feature);
    while (followers.length <= feature.slot) followers.push(null);
  }
  return feature;
}

function enter(features: object): Store {
  const make = () => ({ known: new Map(), followers: [] });
  const store = getOrMake(stores, features, make);
  latest.features = features;
  latest.turn++;
  latest.slot = 0;
  latest.known = store.known;
  latest.followers = store.followers;
  return store;
}

function compileOnce(
  key: string,
  definition: FeatureDefinition,
  slot: number,
): CompiledFeature {
  if (!isObject(definition)) return compileFeature(key, definition, slot);
  const known = compiledDefinitions.get(definition);
  if (known?.key === key) return known;
  const feature = compileFeature(key, definition, slot);
  compiledDefinitions.set(definition, feature);
  return feature;
}

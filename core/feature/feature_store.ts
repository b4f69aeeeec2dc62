import { isObject } from "../support/read_own.ts";
import type { FeatureDefinition } from "../types/feature.ts";
import { type CompiledFeature, compileFeature } from "./compile_feature.ts";

// Features are immutable by contract and compile the same each time, so neither cache can be seen.
// The first finds a feature by key; the second lets a definition that outlives its payload keep
// its compiled form.
const compiledByKey = /* @__PURE__ */ new WeakMap<
  object,
  Map<string, CompiledFeature>
>();
const compiledDefinitions = /* @__PURE__ */ new WeakMap<
  object,
  CompiledFeature
>();

// The record that was asked last, which is asked next as a rule: to compare it takes less than to look
// it up. It stays until another one is asked.
const latest: {
  features: object | null;
  known: Map<string, CompiledFeature>;
} = { features: null, known: /* @__PURE__ */ new Map() };

/** Finds a feature in a record of definitions, compiled on first use; null where there is none. */
export function findFeature(
  features: unknown,
  key: string,
): CompiledFeature | null {
  if (!isObject(features)) return null;
  const known = latest.features === features ? latest.known : enter(features);
  let feature = known.get(key);
  if (feature === undefined) {
    const definition = Object.hasOwn(features, key) ? features[key] : undefined;
    if (!definition) return null;
    known.set(key, feature = compileOnce(key, definition));
  }
  return feature;
}

function enter(features: object): Map<string, CompiledFeature> {
  let known = compiledByKey.get(features);
  if (known === undefined) compiledByKey.set(features, known = new Map());
  latest.features = features;
  latest.known = known;
  return known;
}

function compileOnce(
  key: string,
  definition: FeatureDefinition,
): CompiledFeature {
  if (!isObject(definition)) return compileFeature(key, definition);
  const known = compiledDefinitions.get(definition);
  if (known?.key === key) return known;
  const feature = compileFeature(key, definition);
  compiledDefinitions.set(definition, feature);
  return feature;
}

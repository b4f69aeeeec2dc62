import { toText } from "../condition/primitives.ts";
import { isList } from "../support/is_list.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { Context } from "../types/context.ts";

/** An experiment that goes by sticky buckets. */
export interface StickyExperiment {
  /** Its key. */
  readonly key: string;
  /** The attributes whose documents it looks for. */
  readonly attributes: readonly string[];
}

/**
 * Lists the experiments with sticky buckets that the evaluation of a feature may run: its own, and those of
 * its parents. `overrides` don't count. Never throws: malformed definitions have none.
 */
export function stickyExperiments(
  { features }: Pick<Context<object>, "features">,
  featureKey: string,
): readonly StickyExperiment[] {
  const found: StickyExperiment[] = [];
  const featureKeys = new Set([featureKey]);
  // A set goes on to what is added while it is walked.
  for (const each of featureKeys) {
    for (const rule of listIn(readOwn(features, each), "rules")) {
      const attributes = stickyAttributesOfRule(rule);
      const key = toText(readOwn(rule, "key") || each);
      if (key !== null && attributes.length > 0) {
        found.push({ key, attributes });
      }
      for (const parent of listIn(rule, "parentConditions")) {
        const id = toText(readOwn(parent, "id"));
        if (id !== null) featureKeys.add(id);
      }
    }
  }
  return found;
}

/** Lists the attributes whose documents the experiment of a rule looks for; none where it runs none. */
export function stickyAttributesOfRule(rule: unknown): readonly string[] {
  return readOwn(rule, "variations") || readOwn(rule, "contextualVariations")
    ? stickyAttributesOf(rule)
    : [];
}

/** Lists the attributes whose documents an experiment looks for. */
export function stickyAttributesOf(experiment: unknown): readonly string[] {
  if (!isObject(experiment) || experiment["disableStickyBucketing"]) return [];
  // The lookup falls back on "id" where the experiment names no other attribute.
  return ["hashAttribute", "fallbackAttribute"]
    .map((field) => experiment[field] || "id")
    .filter((name) => typeof name === "string");
}

/** Reads a list that a definition has; an empty one where that is no list. */
export function listIn(definition: unknown, name: string): readonly unknown[] {
  const list = readOwn(definition, name);
  return isList(list) ? list : [];
}

import { isObject, readOwn } from "../support/read_own.ts";
import type { Context } from "../types/context.ts";
import {
  type ConditionReads,
  readConditionDependencies,
} from "./condition_dependencies.ts";

/** What a feature is decided by, parents and saved groups included. */
export interface FeatureDependencies {
  /** The names of the top-level attributes that may be read. */
  readonly attributes: readonly string[];
  /** The keys of the features that may be evaluated: the feature itself first, then its parents. */
  readonly features: readonly string[];
  /** The ids of the saved groups that may be looked up. */
  readonly savedGroups: readonly string[];
  /** The references of the contextual bandits that may be looked up. */
  readonly contextualBandits: readonly string[];
  /** The keys of the experiments that may be run. */
  readonly experiments: readonly string[];
  /** Whether the URL may be read. */
  readonly url: boolean;
  /** Whether the legacy `groups` may be read. */
  readonly groups: boolean;
  /** Whether sticky buckets may be read, where there are any. */
  readonly stickyBuckets: boolean;
}

/** The part of a context that says what features depend on. A payload is one. */
export type DependencyDefinitions = Pick<
  Context<object>,
  "features" | "savedGroups" | "contextualBandits" | "overrides"
>;

/**
 * Tells what the evaluation of a feature may read: what is not listed can change without changing
 * the result. Something listed need not be read for every user. `enabled`, `qaMode`,
 * `forcedVariations` of the listed experiments and `forcedFeatureValues` of the listed features
 * count besides, as does whether there are sticky buckets at all.
 *
 * `definitions` is a payload or a context. An unknown key depends on nothing but itself. What is
 * malformed counts with all that it names. Never throws; takes time in proportion to what it visits,
 * each feature and group once.
 *
 * @example
 * ```ts
 * import { featureDependencies } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = {
 *   premium: { rules: [{ condition: { "plan.name": "team" }, force: true }] },
 *   reports: {
 *     rules: [{
 *       parentConditions: [{ id: "premium", condition: { value: true } }],
 *       variations: ["old", "new"],
 *       key: "reports-test",
 *     }],
 *   },
 * };
 * const { attributes, features: keys, experiments } = featureDependencies({ features }, "reports");
 * assertEquals(attributes, ["id", "plan"]);
 * assertEquals(keys, ["reports", "premium"]);
 * assertEquals(experiments, ["reports-test"]);
 * ```
 */
export function featureDependencies(
  definitions: DependencyDefinitions,
  key: string,
): FeatureDependencies {
  const found: Found = {
    attributes: new Set(),
    savedGroups: new Set(),
    resolved: new Set(),
    features: new Set([key]),
    contextualBandits: new Set(),
    experiments: new Set(),
    url: false,
    groups: false,
    stickyBuckets: false,
  };
  // A set goes on to what is added while it is walked.
  for (const feature of found.features) {
    const rules = readOwn(readOwn(definitions.features, feature), "rules");
    if (!Array.isArray(rules)) continue;
    for (const rule of rules) {
      if (isObject(rule)) visitRule(rule, feature, definitions, found);
    }
  }
  return {
    attributes: [...found.attributes],
    features: [...found.features],
    savedGroups: [...found.savedGroups],
    contextualBandits: [...found.contextualBandits],
    experiments: [...found.experiments],
    url: found.url,
    groups: found.groups,
    stickyBuckets: found.stickyBuckets,
  };
}

interface Found extends ConditionReads {
  readonly attributes: Set<string>;
  readonly features: Set<string>;
  readonly contextualBandits: Set<string>;
  readonly experiments: Set<string>;
  url: boolean;
  groups: boolean;
  stickyBuckets: boolean;
}

interface Fields {
  readonly [name: string]: unknown;
}

function visitRule(
  rule: Fields,
  featureKey: string,
  definitions: DependencyDefinitions,
  found: Found,
): void {
  visitTargeting(rule, definitions, found);
  if (Object.hasOwn(rule, "force")) {
    if (rule["range"] || rule["coverage"] !== undefined) {
      visitIdentity(rule, found);
    }
    return;
  }
  if (!(rule["contextualVariations"] ?? rule["variations"])) return;
  const key = rule["key"] || featureKey;
  if (typeof key === "string") found.experiments.add(key);
  found.url = true;
  visitIdentity(rule, found);
  const reference = rule["contextualBanditRef"];
  if (typeof reference === "string" && reference !== "") {
    visitBandit(reference, definitions, found);
  }
  const override = readOwn(definitions.overrides, String(key));
  if (!isObject(override)) return;
  visitTargeting(override, definitions, found);
  visitIdentity({ ...rule, ...override }, found);
  if (override["groups"]) found.groups = true;
}

function visitTargeting(
  rule: Fields,
  definitions: DependencyDefinitions,
  found: Found,
): void {
  const parents = rule["parentConditions"];
  for (const parent of listOf(parents)) {
    const id = readOwn(parent, "id");
    found.features.add(String(id));
    const condition = readOwn(parent, "condition");
    // It is held against the parent's value, so the paths in it are none of the user's.
    readConditionDependencies(condition, definitions, {
      ...found,
      attributes: null,
    });
  }
  for (const filter of listOf(rule["filters"])) {
    addAttribute(readOwn(filter, "attribute") || "id", found);
  }
  readConditionDependencies(rule["condition"], definitions, found);
}

function visitIdentity(rule: Fields, found: Found): void {
  addAttribute(rule["hashAttribute"] || "id", found);
  if (rule["disableStickyBucketing"]) return;
  found.stickyBuckets = true;
  addAttribute(rule["fallbackAttribute"] || "id", found);
}

function visitBandit(
  reference: string,
  definitions: DependencyDefinitions,
  found: Found,
): void {
  found.contextualBandits.add(reference);
  const bandit = readOwn(definitions.contextualBandits, reference);
  for (const leaf of listOf(readOwn(bandit, "contexts"))) {
    readConditionDependencies(readOwn(leaf, "condition"), definitions, found);
  }
}

function addAttribute(name: unknown, { attributes }: ConditionReads): void {
  attributes?.add(String(name));
}

function listOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : isObject(list) ? Object.values(list) : [];
}

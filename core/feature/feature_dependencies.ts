import { addName, hasParts, nameOf, partOf } from "./definition_parts.ts";
import type { Context } from "../types/context.ts";
import {
  type ConditionReads,
  readConditionDependencies,
} from "./condition_dependencies.ts";
import {
  entriesOf,
  experimentReads,
  type Fields,
  type Reader,
  type Reads,
  ruleReads,
} from "./gate_reads.ts";

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
    walked: new Map(),
    features: new Set([key]),
    contextualBandits: new Set(),
    experiments: new Set(),
    url: false,
    groups: false,
    stickyBuckets: false,
  };
  // A set goes on to what is added while it is walked.
  for (const feature of found.features) {
    const { features }: DependencyDefinitions = Object(definitions);
    const rules = partOf(partOf(features, feature), "rules");
    if (!Array.isArray(rules)) continue;
    // A hole in a list is no rule.
    for (const rule of entriesOf(rules)) {
      if (hasParts(rule)) visitRule(rule, feature, definitions, found);
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

function visitRule(
  rule: Fields,
  featureKey: string,
  definitions: DependencyDefinitions,
  found: Found,
): void {
  const reader = createReader(definitions, found);
  visitGates(ruleReads, rule, reader);
  if (Object.hasOwn(rule, "force")) return;
  if (!(rule["contextualVariations"] ?? rule["variations"])) return;
  const key = rule["key"] || featureKey;
  if (typeof key === "string") found.experiments.add(key);
  // Of the gates of its own, an experiment has those that a rule hands over.
  const { parentConditions: _, ...experiment } = rule;
  visitGates(experimentReads, experiment, reader);
  const reference = rule["contextualBanditRef"];
  if (typeof reference === "string" && reference !== "") {
    visitBandit(reference, definitions, found);
  }
  const override = partOf(definitions.overrides, nameOf(key) ?? "");
  if (hasParts(override)) {
    visitGates(experimentReads, { ...experiment, ...override }, reader);
  }
}

function visitGates(
  gates: { readonly [name: string]: Reads },
  definition: Fields,
  reader: Reader,
): void {
  for (const reads of Object.values(gates)) reads(definition, reader);
}

function createReader(
  definitions: DependencyDefinitions,
  found: Found,
): Reader {
  return {
    attribute: (name) => {
      addName(found.attributes, name);
    },
    condition: (condition) =>
      readConditionDependencies(condition, definitions, found),
    parent: (key, condition) => {
      addName(found.features, key);
      // It is held against the parent's value, so the paths in it are none of the user's.
      readConditionDependencies(condition, definitions, {
        ...found,
        attributes: null,
      });
    },
    url: () => {
      found.url = true;
    },
    groups: () => {
      found.groups = true;
    },
    stickyBuckets: () => {
      found.stickyBuckets = true;
    },
  };
}

function visitBandit(
  reference: string,
  definitions: DependencyDefinitions,
  found: Found,
): void {
  found.contextualBandits.add(reference);
  const bandit = partOf(definitions.contextualBandits, reference);
  for (const leaf of entriesOf(partOf(bandit, "contexts"))) {
    readConditionDependencies(partOf(leaf, "condition"), definitions, found);
  }
}

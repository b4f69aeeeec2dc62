import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import { compileGates } from "../gates/compile_gates.ts";
import { ruleGates } from "../gates/rule_gates.ts";
import { isForced } from "../gates/state/rule.ts";
import type { CompiledGates } from "../gates/step.ts";
import type { ExperimentViewed } from "../types/decision_event.ts";
import type { Experiment } from "../types/experiment.ts";
import { isObject } from "../support/read_own.ts";
import type { FeatureRule, TrackedExposure } from "../types/feature.ts";
import type { JsonValue } from "../types/json.ts";
import type { FeatureResult } from "../types/result.ts";
import type { BanditVariants } from "./contextual_bandit.ts";
import { makeFeatureResult } from "./feature_result.ts";

/** A rule ready to be tried. */
export interface CompiledRule {
  /** The rule's id; `""` when it has none. */
  readonly id: string;
  /** The gates that come before a value is forced or an experiment is run. */
  readonly gates: CompiledGates;
  /** What the rule gives when it forces a value; null for one that runs an experiment. */
  readonly forced: ForcedValue | null;
  /** The experiment that the rule runs; null for one that forces a value, or has none. */
  readonly experiment: RuleExperiment | null;
}

/** The value that a rule forces. */
export interface ForcedValue {
  /** The result, the same for every user. */
  readonly result: FeatureResult;
  /** The exposures that a remote evaluation handed over with it; null where they can't be read. */
  readonly tracks: readonly ExperimentViewed[] | null;
}

/** The experiment of a rule. */
export interface RuleExperiment {
  /** The experiment. */
  readonly compiled: CompiledExperiment;
  /** The contextual bandit that decides its weights; `""` when none does. */
  readonly banditReference: string;
  /** The experiment under the leaves of bandits; null where none decides. */
  readonly variants: BanditVariants | null;
}

/** Compiles a rule of a feature. Whatever is given compiles; what is no rule does not apply. */
export function compileRule(
  given: FeatureRule,
  featureKey: string,
): CompiledRule {
  const rule: FeatureRule = isObject(given) ? given : {};
  const id = rule.id || "";
  return {
    id,
    gates: compileGates(ruleGates, given, {
      featureId: featureKey,
      endsFeature: true,
    }),
    forced: isForced(rule)
      ? {
        result: makeFeatureResult(rule.force ?? null, "force", id),
        tracks: listTracks(rule),
      }
      : null,
    experiment: isForced(rule) ? null : compileRuleExperiment(rule, featureKey),
  };
}

function compileRuleExperiment(
  rule: FeatureRule,
  featureKey: string,
): RuleExperiment | null {
  const variations = rule.contextualVariations ?? rule.variations;
  if (!variations) return null;
  const experiment = extractExperiment(rule, variations, featureKey);
  return {
    compiled: compileExperiment(experiment, featureKey, experiment),
    banditReference: rule.contextualBanditRef || "",
    variants: rule.contextualBanditRef ? new WeakMap() : null,
  };
}

/** The fields of a rule that an experiment takes over where they are truthy. */
const experimentFields = [
  "weights",
  "hashAttribute",
  "fallbackAttribute",
  "disableStickyBucketing",
  "namespace",
  "meta",
  "ranges",
  "name",
  "phase",
  "seed",
  "hashVersion",
  "filters",
  "condition",
] as const;

/** The fields that it takes over also where they are falsy. */
const versionFields = ["bucketVersion", "minBucketVersion"] as const;

function extractExperiment(
  rule: FeatureRule,
  variations: readonly JsonValue[],
  featureKey: string,
): Experiment {
  const experiment: Record<string, unknown> = {
    variations,
    key: rule.key || featureKey,
  };
  if (Object.hasOwn(rule, "coverage")) experiment["coverage"] = rule.coverage;
  for (const field of experimentFields) {
    if (rule[field]) experiment[field] = rule[field];
  }
  for (const field of versionFields) {
    if (rule[field] !== undefined) experiment[field] = rule[field];
  }
  return Object.freeze(experiment) as unknown as Experiment;
}

function listTracks({ tracks }: FeatureRule): ForcedValue["tracks"] {
  if (!tracks) return [];
  if (!Array.isArray(tracks) || !tracks.every(isReadable)) return null;
  return tracks.map(({ experiment, result }: TrackedExposure) => ({
    type: "experiment.viewed",
    experiment,
    result,
  }));
}

function isReadable(track: Partial<TrackedExposure> | null): boolean {
  return isThere(track?.experiment) && isThere(track?.result);
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

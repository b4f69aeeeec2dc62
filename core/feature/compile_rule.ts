import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import { compileGates, usualSteps } from "../gates/compile_gates.ts";
import { ruleGates } from "../gates/rule_gates.ts";
import { isForced } from "../gates/state/rule.ts";
import type { Gated } from "../gates/step.ts";
import type { ExperimentViewed } from "../types/decision_event.ts";
import type { Experiment } from "../types/experiment.ts";
import { isList } from "../support/is_list.ts";
import { isObject } from "../support/read_own.ts";
import type { FeatureRule, TrackedExposure } from "../types/feature.ts";
import type { JsonValue } from "../types/json.ts";
import type { FeatureResult } from "../types/result.ts";
import type { BanditVariants } from "./contextual_bandit.ts";
import { makeFeatureResult } from "./feature_result.ts";

/** A rule ready to be tried: its gates come before a value is forced or an experiment run. */
export interface CompiledRule extends Gated {
  /** The rule's id; `""` when it has none. */
  readonly id: string;
  /** The result that the rule forces, the same for every user; null where it forces none. */
  readonly forced: FeatureResult | null;
  /** The experiment that the rule runs; null for one that forces a value, or has none. */
  readonly experiment: CompiledExperiment | null;
  /** The contextual bandit that decides its weights; null where none does. */
  readonly bandit: RuleBandit | null;
  /** The exposures that a remote evaluation handed over; null where they can't be read. */
  readonly tracks: readonly ExperimentViewed[] | null;
  /** The rule that is tried after it; null after the last. */
  readonly next: CompiledRule | null;
}

/** The contextual bandit of a rule. */
export interface RuleBandit {
  /** What it is called in `contextualBandits`. */
  readonly reference: string;
  /** The experiment under its leaves. */
  readonly variants: BanditVariants;
}

/** Compiles a rule of a feature. Whatever is given compiles; what is no rule does not apply. */
export function compileRule(
  given: FeatureRule,
  featureId: string,
  next: CompiledRule | null,
): CompiledRule {
  const rule: FeatureRule = isObject(given) ? given : {};
  const id = rule.id || "";
  const isForcing = isForced(rule);
  const origin = { featureId, endsFeature: true } as const;
  const { contextualBanditRef: reference } = rule;
  const gates = compileGates(ruleGates, given, origin);
  return {
    // What each call reads stands together, where one access to memory fetches it.
    usual: usualSteps(gates),
    next,
    forced: isForcing
      ? makeFeatureResult(rule.force ?? null, "force", id)
      : null,
    tracks: isForcing ? listTracks(rule) : noTracks,
    experiment: isForcing ? null : compileRuleExperiment(rule, featureId),
    bandit: reference ? { reference, variants: new WeakMap() } : null,
    id,
    gates,
  };
}

function compileRuleExperiment(
  rule: FeatureRule,
  featureKey: string,
): CompiledExperiment | null {
  const variations = rule.contextualVariations ?? rule.variations;
  if (!variations) return null;
  const experiment = extractExperiment(rule, variations, featureKey);
  return compileExperiment(experiment, featureKey, experiment);
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

const noTracks: readonly ExperimentViewed[] = [];

function listTracks({ tracks }: FeatureRule): CompiledRule["tracks"] {
  if (!tracks) return noTracks;
  if (!isList(tracks) || !tracks.every(isReadable)) return null;
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

import {
  type HashAttributes,
  hashAttributesOf,
} from "../evaluation/identify.ts";
import type { BucketSpan } from "../bucket/bucket_span.ts";
import { compileBucketing, listSpans } from "../gates/bucketing/bucket.ts";
import { compileGates, usualSteps } from "../gates/compile_gates.ts";
import { experimentGates } from "../gates/experiment_gates.ts";
import type { Gated } from "../gates/step.ts";
import { attempt } from "../support/attempt.ts";
import type { BanditLeaf, Experiment } from "../types/experiment.ts";
import {
  type CompiledVariation,
  compileVariation,
} from "./compile_variation.ts";

/** An experiment ready to run: its gates in order, and all that is reported precomputed. */
export interface CompiledExperiment extends HashAttributes, Gated {
  /** The experiment without the context's overrides and the bandit's leaf. */
  readonly experiment: Experiment;
  /** The same, as a result reports it for a user included by hash: with the bandit's leaf. */
  readonly reported: Experiment;
  /** The experiment as an exposure carries it: with the leaf and the context's overrides. */
  readonly viewed: Experiment;
  /** The feature that the experiment belongs to; null for an inline one. */
  readonly featureId: string | null;
  /** How many variations there are. */
  readonly count: number;
  /**
   * The variations that a bucket may belong to, in order: the first, which knows the next; null where
   * the ranges of buckets can't be read.
   */
  readonly first: CompiledVariation | null;
  /** Whether nothing but the hash decides for users without options, in buckets that can be read. */
  readonly isUsual: boolean;
  /** The leaf of the contextual bandit, with the weights in force; null without a bandit. */
  readonly leaf: BanditLeaf | null;
  /** The same experiment with the overrides of a context, by override; null before there were any. */
  overridden: WeakMap<object, CompiledExperiment> | null;
}

/**
 * Compiles an experiment. `base` is the same without the context's overrides, and `plain` without the leaf
 * of a contextual bandit too. What the gates ask of a context is asked at each run.
 */
export function compileExperiment(
  experiment: Experiment,
  featureId: string | null,
  base: Experiment,
  plain: Experiment = base,
): CompiledExperiment {
  const viewed = withWeightsInForce(experiment);
  const { hashAttribute, fallbackAttribute } = hashAttributesOf(experiment);
  const origin = { featureId, endsFeature: false, base } as const;
  const first = chainVariations(viewed, base);
  const gates = compileGates(experimentGates, experiment, origin);
  return {
    // What each call reads stands together, where one access to memory fetches it.
    isUsual: first !== null && !Object.hasOwn(experiment, "force"),
    hashAttribute,
    usual: usualSteps(gates),
    first,
    featureId,
    reported: base,
    count: experiment.variations.length,
    gates,
    fallbackAttribute,
    leaf: viewed.contextualBandit || null,
    experiment: plain,
    viewed,
    overridden: null,
  };
}

/** Gives what is reported of a variation; see `compileVariation` for what an index may be. */
export function variationAt(
  { first, viewed }: CompiledExperiment,
  index: number,
): CompiledVariation {
  for (let variation = first; variation !== null; variation = variation.next) {
    if (variation.index === index) return variation;
  }
  return compileVariation(viewed, index, noSpan, null);
}

const noSpan: BucketSpan = { from: 0, to: 0 };

// What makes the gates throw makes them throw where they are reached.
function chainVariations(
  experiment: Experiment,
  base: Experiment,
): CompiledVariation | null {
  const spans = attempt(
    () => listSpans(compileBucketing(experiment, base)),
    [],
  );
  return spans.reduceRight<CompiledVariation | null>(
    (next, span, index) => compileVariation(experiment, index, span, next),
    null,
  );
}

// Weights from the context's overrides replace those of the leaf.
function withWeightsInForce(experiment: Experiment): Experiment {
  const { contextualBandit, weights } = experiment;
  if (!contextualBandit || !weights) return experiment;
  return Object.freeze({
    ...experiment,
    contextualBandit: { ...contextualBandit, variationWeights: weights },
  });
}

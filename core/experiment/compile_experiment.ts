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
import type { Experiment } from "../types/experiment.ts";
import type { JsonValue } from "../types/json.ts";
import { settledResult } from "./experiment_result.ts";
import { unkept } from "./unkept.ts";

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
  /**
   * The variations that a bucket may belong to, in order: the first, which knows the next; null where
   * the ranges of buckets can't be read, or meta has no entry for one.
   */
  readonly first: VariationSpan | null;
  /** Whether nothing but the hash decides for users without options, in buckets of known variations. */
  readonly isUsual: boolean;
  /** The same experiment with the overrides of a context, by override; null before there were any. */
  overridden: WeakMap<object, CompiledExperiment> | null;
}

/** The buckets of a variation. */
export interface VariationSpan extends BucketSpan {
  /** The index of the variation. */
  readonly index: number;
  /** Its key, in the result of each user there. */
  readonly key: string;
  /** Its value. */
  readonly value: JsonValue;
  /** Its name; undefined when it has none. */
  readonly name: string | undefined;
  /** Whether it is told by key, value and name, and nothing else. */
  readonly isUsual: boolean;
  /** The buckets of the variation after it; null after the last. */
  readonly next: VariationSpan | null;
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
  const first = chainSpans(viewed, featureId, base);
  const gates = compileGates(experimentGates, experiment, origin);
  return {
    // What each call reads stands together, where one access to memory fetches it.
    isUsual: first !== null && !Object.hasOwn(experiment, "force"),
    hashAttribute,
    usual: usualSteps(gates),
    first,
    featureId,
    reported: base,
    gates,
    fallbackAttribute,
    experiment: plain,
    viewed,
    overridden: null,
  };
}

// What makes gates or results throw makes them throw where they are reached.
function chainSpans(
  viewed: Experiment,
  featureId: string | null,
  base: Experiment,
): VariationSpan | null {
  return attempt(() => {
    const spans = listSpans(compileBucketing(viewed, base));
    return spans.reduceRight<VariationSpan | null>(
      (next, { from, to }, index) => {
        const found = { ...unkept, variation: index };
        const result = settledResult({ viewed, featureId }, found, 0);
        const { key, value, name, inExperiment, passthrough } = result;
        const isUsual = Boolean(name) && inExperiment && !passthrough &&
          !viewed.contextualBandit;
        return { isUsual, from, to, next, index, key, value, name };
      },
      null,
    );
  }, null);
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

import {
  type HashAttributes,
  hashAttributesOf,
} from "../evaluation/identify.ts";
import { compileGates } from "../gates/compile_gates.ts";
import { experimentGates } from "../gates/experiment_gates.ts";
import type { CompiledGates } from "../gates/step.ts";
import type { BanditLeaf, Experiment } from "../types/experiment.ts";
import {
  type CompiledVariation,
  compileVariation,
} from "./compile_variation.ts";

/** An experiment ready to run: its gates in order, and all that is reported precomputed. */
export interface CompiledExperiment extends HashAttributes {
  /** The experiment without the context's overrides and the bandit's leaf. */
  readonly experiment: Experiment;
  /** The same as a result reports it for who is in by hash: with the bandit's leaf. */
  readonly reported: Experiment;
  /** The experiment as an exposure carries it: with the leaf and the context's overrides. */
  readonly viewed: Experiment;
  /** The feature that the experiment belongs to; null for an inline one. */
  readonly featureId: string | null;
  /** The gates in the order in which they are tried. */
  readonly gates: CompiledGates;
  /** How many variations there are. */
  readonly count: number;
  /** What is reported of each variation, where `variations` is a list; see `variationAt`. */
  readonly variations: readonly CompiledVariation[];
  /** The leaf of the contextual bandit, with the weights in force; null without a bandit. */
  readonly leaf: BanditLeaf | null;
  /** The same experiment with the overrides of a context, by override; null before there were any. */
  overridden: WeakMap<object, CompiledExperiment> | null;
}

/**
 * Compiles an experiment. `base` is the same without the context's overrides. What the gates ask of a
 * context is asked at each run.
 */
export function compileExperiment(
  experiment: Experiment,
  featureId: string | null,
  base: Experiment,
): CompiledExperiment {
  const viewed = withWeightsInForce(experiment);
  const { variations } = experiment;
  const { hashAttribute, fallbackAttribute } = hashAttributesOf(experiment);
  const origin = { featureId, endsFeature: false, base } as const;
  return {
    experiment: withoutLeaf(base),
    reported: base,
    viewed,
    featureId,
    gates: compileGates(experimentGates, experiment, origin),
    hashAttribute,
    fallbackAttribute,
    count: variations.length,
    variations: Array.isArray(variations)
      ? variations.map((_, index) => compileVariation(experiment, index))
      : [],
    leaf: viewed.contextualBandit || null,
    overridden: null,
  };
}

/** Gives what is reported of a variation; see `compileVariation` for what an index may be. */
export function variationAt(
  compiled: CompiledExperiment,
  index: number,
): CompiledVariation {
  const known = typeof index === "number"
    ? compiled.variations[index]
    : undefined;
  return known ?? compileVariation(compiled.viewed, index);
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

function withoutLeaf(experiment: Experiment): Experiment {
  if (!Object.hasOwn(experiment, "contextualBandit")) return experiment;
  const { contextualBandit: _, ...rest } = experiment;
  return Object.freeze(rest);
}

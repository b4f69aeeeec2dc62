import { getEqualWeights } from "../bucket/get_equal_weights.ts";
import { compileCondition } from "../condition/compile_condition.ts";
import { isObject, readOwn } from "../condition/read_path.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import type { BanditLeaf, Experiment } from "../types/experiment.ts";

/** The same experiment under each leaf of each bandit, compiled once; no payload is kept alive. */
export type BanditVariants = WeakMap<object, Map<number, CompiledExperiment>>;

/** Where no leaf matches, or one can't be tried. */
const noLeaf = -1;

/**
 * Gives an experiment the weights of the contextual bandit that its rule names: those of the first
 * leaf that describes the user. A bandit that is not there leaves the experiment as it is.
 */
export function applyBandit(
  compiled: CompiledExperiment,
  reference: string,
  variants: BanditVariants,
  evaluation: Evaluation,
): CompiledExperiment {
  const bandit = readOwn(evaluation.context.contextualBandits, reference);
  if (!isObject(bandit)) return compiled;
  const position = findLeaf(bandit, evaluation);
  let known = variants.get(bandit);
  if (known === undefined) variants.set(bandit, known = new Map());
  let variant = known.get(position);
  if (variant === undefined) {
    known.set(position, variant = underLeaf(compiled, bandit, position));
  }
  return variant;
}

function findLeaf(bandit: Bandit, evaluation: Evaluation): number {
  const contexts = readOwn(bandit, "contexts");
  if (!Array.isArray(contexts)) return noLeaf;
  try {
    return contexts.findIndex((leaf) => {
      const condition = leaf.condition;
      return !condition ||
        compileCondition(condition).test(evaluation.attributes, evaluation);
    });
  } catch {
    return noLeaf;
  }
}

interface Bandit {
  readonly [name: string]: unknown;
}

function underLeaf(
  compiled: CompiledExperiment,
  bandit: Bandit,
  position: number,
): CompiledExperiment {
  const { experiment, featureId } = compiled;
  const version = readOwn(bandit, "banditVersion") ?? undefined;
  const contexts = readOwn(bandit, "contexts") as readonly BanditLeafSource[];
  const source = position === noLeaf ? null : contexts[position]!;
  const leaf: BanditLeaf = {
    leafId: source === null ? noLeaf : source.leafId,
    variationWeights: source === null
      ? experiment.weights ?? getEqualWeights(experiment.variations.length)
      : source.weights,
    ...(version === undefined ? {} : { banditVersion: version as number }),
  };
  const base: Experiment = Object.freeze({
    ...experiment,
    ...(source === null ? {} : { weights: source.weights }),
    contextualBandit: leaf,
  });
  return compileExperiment(base, { featureId, base });
}

interface BanditLeafSource {
  readonly leafId: number;
  readonly weights: readonly number[];
}

import { countVariations } from "../bucket/count_variations.ts";
import { getEqualWeights } from "../bucket/get_equal_weights.ts";
import { compileCondition } from "../condition/compile_condition.ts";
import { passAll } from "../condition/pass_all.ts";
import { fault } from "../support/fault.ts";
import { getOrMake } from "../support/get_or_make.ts";
import { readOwn } from "../support/read_own.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import type { BanditContext } from "../types/contextual_bandit.ts";
import type { Experiment } from "../types/experiment.ts";

/** A leaf of a bandit, as far as it says anything. */
type Leaf = Partial<BanditContext>;

/** The same experiment under each leaf of each bandit, compiled once; no payload is kept alive. */
export type BanditVariants = WeakMap<
  object,
  Map<Leaf | null, CompiledExperiment>
>;

const malformedVariations = /* @__PURE__ */ fault("badVariations");

/**
 * Gives an experiment the weights of the contextual bandit that its rule names: those of the first
 * leaf that describes the user. A bandit that is not there leaves the experiment as it is.
 */
export function applyBandit(
  compiled: CompiledExperiment,
  { reference, variants }: {
    readonly reference: string;
    readonly variants: BanditVariants;
  },
  evaluation: Evaluation,
): CompiledExperiment {
  const found = readOwn(evaluation.context.contextualBandits, reference);
  if (!found) return compiled;
  // What stands there but can't have leaves is a bandit of which no leaf matches.
  const bandit: object = Object(found);
  const leaf = findLeaf(bandit, evaluation);
  const known = getOrMake(variants, bandit, () => new Map());
  return getOrMake(known, leaf, () => underLeaf(compiled, bandit, leaf));
}

// Null where no leaf matches, or one can't be tried. A text is a list of its characters to the
// official SDK too: leaves that say nothing.
function findLeaf(bandit: object, evaluation: Evaluation): Leaf | null {
  try {
    for (const leaf of readOwn(bandit, "contexts") as Iterable<Leaf>) {
      const { condition } = leaf;
      if (
        !condition ||
        passAll(
          compileCondition(condition),
          evaluation.attributes,
          evaluation,
        )
      ) return leaf;
    }
    return null;
  } catch {
    return null;
  }
}

function underLeaf(
  compiled: CompiledExperiment,
  bandit: object,
  leaf: Leaf | null,
): CompiledExperiment {
  const { experiment, featureId } = compiled;
  const { leafId, weights } = leaf ??
    { leafId: -1, weights: experiment.weights ?? equalWeights(experiment) };
  const plain = leaf === null
    ? experiment
    : Object.freeze({ ...experiment, weights }) as Experiment;
  const base = Object.freeze({
    ...plain,
    contextualBandit: {
      leafId,
      variationWeights: weights,
      ...(Object.hasOwn(bandit, "banditVersion")
        ? { banditVersion: readOwn(bandit, "banditVersion") }
        : {}),
    },
  }) as Experiment;
  return compileExperiment(base, featureId, base, plain);
}

function equalWeights(experiment: Experiment): number[] {
  const count = countVariations(experiment);
  if (count === null) throw malformedVariations;
  return getEqualWeights(count);
}

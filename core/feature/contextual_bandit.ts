import { countVariations } from "../bucket/count_variations.ts";
import { getEqualWeights } from "../bucket/get_equal_weights.ts";
import { compileCondition } from "../condition/compile_condition.ts";
import { fault } from "../support/fault.ts";
import { isObject, readOwn } from "../support/read_own.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import {
  type CompiledExperiment,
  compileExperiment,
} from "../experiment/compile_experiment.ts";
import type { BanditContext } from "../types/contextual_bandit.ts";
import type { Experiment } from "../types/experiment.ts";

/** The same experiment under each leaf of each bandit, compiled once; no payload is kept alive. */
export type BanditVariants = WeakMap<object, Map<number, CompiledExperiment>>;

/** Where no leaf matches, or one can't be tried. */
const noLeaf = -1;

const malformedVariations = /* @__PURE__ */ fault("badVariations");

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
  if (!bandit) return compiled;
  // What stands there but can't have leaves is a bandit of which no leaf matches.
  if (!isObject(bandit)) return underLeaf(compiled, {}, noLeaf);
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
  try {
    return listLeaves(bandit).findIndex(({ condition }) =>
      !condition ||
      compileCondition(condition)(evaluation.attributes, evaluation)
    );
  } catch {
    return noLeaf;
  }
}

function equalWeights(experiment: Experiment): number[] {
  const count = countVariations(experiment);
  if (count === null) throw malformedVariations;
  return getEqualWeights(count);
}

// A text is a list of its characters to the official SDK: leaves that say nothing.
function listLeaves(bandit: Bandit): readonly Partial<BanditContext>[] {
  const contexts = readOwn(bandit, "contexts");
  if (typeof contexts === "string") return Array.from(contexts, () => ({}));
  return Array.isArray(contexts) ? contexts : [];
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
  const { weights } = experiment;
  const found = position === noLeaf ? null : listLeaves(bandit)[position]!;
  const leaf = found === null
    ? {
      leafId: noLeaf,
      variationWeights: weights ??
        equalWeights(experiment),
    }
    : { leafId: found.leafId, variationWeights: found.weights };
  const version = Object.hasOwn(bandit, "banditVersion")
    ? { banditVersion: bandit["banditVersion"] }
    : {};
  const base = Object.freeze({
    ...experiment,
    ...(found === null ? {} : { weights: found.weights }),
    contextualBandit: { ...leaf, ...version },
  }) as Experiment;
  return compileExperiment(base, { featureId, base });
}

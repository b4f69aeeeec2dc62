import { isObject } from "../support/read_own.ts";
import type { Gate } from "../evaluation/evaluation.ts";
import { makeGate } from "../evaluation/pass_gates.ts";
import type { Experiment } from "../types/experiment.ts";
import { getQueryStringOverride } from "../url/get_query_string_override.ts";

/** Settles on the variation that the URL's query string names. */
export function queryStringGate(experiment: Experiment): Gate {
  const { key } = experiment;
  const count = experiment.variations.length;
  return makeGate(
    "queryString",
    (evaluation) => {
      const { url } = evaluation.context;
      if (!url) return null;
      const variation = getQueryStringOverride(key, url, count);
      if (variation === null) return null;
      evaluation.variation = variation;
      return "decided";
    },
  );
}

/** Settles on the variation that the context forces. */
export function forcedVariationGate(experiment: Experiment): Gate {
  const { key } = experiment;
  return makeGate(
    "forcedVariation",
    (evaluation) => {
      const { forcedVariations } = evaluation.context;
      if (!isObject(forcedVariations)) return null;
      if (!Object.hasOwn(forcedVariations, key)) return null;
      evaluation.variation = forcedVariations[key]!;
      return "decided";
    },
  );
}

/** Settles on the variation that the experiment forces. */
export function forceGate(variation: number | undefined): Gate {
  return makeGate("force", (evaluation) => {
    evaluation.variation = variation === undefined ? -1 : variation;
    return "decided";
  });
}

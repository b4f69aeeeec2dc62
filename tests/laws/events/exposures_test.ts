import { assert, assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  decideFeature,
  type ExperimentViewed,
  type FeatureRule,
} from "../../../mod.ts";
import { arbitraryContext } from "../../arbitraries/context.ts";
import { arbitraryExperiment } from "../../arbitraries/experiment.ts";
import { arbitraryFeatureKey } from "../../arbitraries/names.ts";
import { reachableFeatures } from "../../support/evaluation/reachable_features.ts";
import { testLaw } from "../../support/test_law.ts";

testLaw(
  "decideFeature() only exposes to experiments of the feature, its parents and holdouts",
  1500,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => {
    const reachable = reachableFeatures(context, key);
    for (const exposure of exposuresOf(context, key)) {
      const rules = [...reachable].flatMap((id) =>
        rulesOf(context, id).map((rule) => ({ id, rule }))
      );
      assert(
        rules.some(({ id, rule }) => causes(rule, id, exposure)),
        `${exposure.experiment.key} has nothing to do with ${key}`,
      );
    }
  },
);

testLaw(
  "decideFeature() always exposes a user to the experiment that gave the value by hash",
  1500,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => {
    const { result: { experimentResult, experiment } } = decideFeature(
      context,
      key,
    );
    if (!experimentResult?.hashUsed) return;
    const { variationId, hashAttribute, hashValue } = experimentResult;
    const exposures = exposuresOf(context, key).map(identity);
    const expected = [hashAttribute, hashValue, experiment!.key, variationId];
    assert(exposures.includes(JSON.stringify(expected)));
  },
);

testLaw(
  "decideFeature() never makes the same exposure twice",
  1500,
  [arbitraryContext, arbitraryFeatureKey],
  (context, key) => {
    const exposures = exposuresOf(context, key).map(identity);
    assertEquals(new Set(exposures).size, exposures.length);
  },
);

testLaw(
  "decideExperiment() always exposes a user whose variation the hash decided",
  1500,
  [arbitraryContext, arbitraryExperiment],
  (context, experiment) => {
    const { result, events } = decideExperiment(context, experiment);
    if (!result.hashUsed) return;
    const identities = events
      .filter((event) => event.type === "experiment.viewed")
      .map(identity);
    const expected = identity({
      type: "experiment.viewed",
      experiment,
      result,
    });
    assert(identities.includes(expected));
  },
);

function exposuresOf(
  context: Context,
  key: string,
): readonly ExperimentViewed[] {
  return decideFeature(context, key).events
    .filter((event) => event.type === "experiment.viewed");
}

function rulesOf(context: Context, key: string): readonly FeatureRule[] {
  return context.features?.[key]?.rules ?? [];
}

/** Whether a rule of a feature runs the experiment of an exposure, or hands the exposure over. */
function causes(
  rule: FeatureRule,
  featureKey: string,
  exposure: ExperimentViewed,
): boolean {
  const { experiment, result } = exposure;
  const runsIt = !Object.hasOwn(rule, "force") &&
    result.featureId === featureKey &&
    experiment.key === (rule.key || featureKey);
  return runsIt ||
    (rule.tracks ?? []).some((track) => track.result === result);
}

function identity({ experiment, result }: ExperimentViewed): string {
  const { hashAttribute, hashValue, variationId } = result;
  return JSON.stringify([
    hashAttribute,
    hashValue,
    experiment.key,
    variationId,
  ]);
}

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Context,
  evalFeature,
  explainFeature,
  type FeatureDefinitions,
  type FeatureRule,
  runExperiment,
} from "../../mod.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import { arbitraryExperiment } from "../arbitraries/experiment.ts";
import { featureKeys } from "../arbitraries/names.ts";
import { arbitraryParentCondition } from "../arbitraries/targeting.ts";
import { explainedFeatures } from "../support/evaluation/explained_features.ts";
import { reachableFeatures } from "../support/evaluation/reachable_features.ts";
import { testLaw } from "../support/test_law.ts";

/** Which features ask for which: each is named by its number. */
type Graph = readonly (readonly number[])[];

const arbitraryGraph: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), {
      minLength: size,
      maxLength: size,
    })
  );

testLaw(
  "evalFeature() gives cyclicPrerequisite to exactly the features that lead into a cycle",
  1000,
  [arbitraryGraph, fc.boolean()],
  (graph, gate) => {
    const context = { features: makeFeatures(graph, gate) };
    for (const key of graph.keys()) {
      const { on, source } = evalFeature(context, String(key));
      const expected = leadsIntoCycle(context, String(key))
        ? { on: false, source: "cyclicPrerequisite" }
        : { on: true, source: "force" };
      assertEquals({ on, source }, expected);
    }
  },
);

testLaw(
  "explainFeature() never goes around in a cycle: it asks for each parent of a feature once",
  1000,
  [arbitraryGraph, fc.boolean()],
  (graph, gate) => {
    const features = makeFeatures(graph, gate);
    for (const key of graph.keys()) {
      const explanation = explainFeature({ features }, String(key));
      const { length } = explainedFeatures(explanation);
      assert(length <= 1 + graph.flat().length);
    }
  },
);

testLaw(
  "evalFeature() gives a parent what it gives the feature alone, where nothing is sticky or cyclic",
  1000,
  [arbitraryContext.map(withoutCycles), fc.constantFrom(...featureKeys)],
  (context, key) => {
    for (const parent of explainedFeatures(explainFeature(context, key))) {
      assertEquals(parent.result, evalFeature(context, parent.key));
    }
  },
);

testLaw(
  "runExperiment() never gives a user another variation because of prerequisites",
  1500,
  [
    arbitraryContext,
    arbitraryExperiment,
    fc.array(arbitraryParentCondition, { minLength: 1, maxLength: 2 }),
  ],
  (context, experiment, parentConditions) => {
    const { parentConditions: _, ...unconditional } = experiment;
    const conditional = { ...experiment, parentConditions };
    const result = runExperiment(context, conditional);
    if (!result.inExperiment) return;
    assertEquals(result, runExperiment(context, unconditional));
  },
);

/** Each feature has a rule that asks for its parents, whatever their value, and is then on. */
function makeFeatures(graph: Graph, gate: boolean): FeatureDefinitions {
  return Object.fromEntries(graph.map((parents, key) => {
    const parentConditions = parents.map((parent) => ({
      id: String(parent),
      condition: {},
      gate,
    }));
    return [String(key), { rules: [{ parentConditions, force: true }] }];
  }));
}

function leadsIntoCycle(context: Context, key: string): boolean {
  return [...reachableFeatures(context, key)].some((reached) =>
    parentKeys(context, reached).some((parent) =>
      reachableFeatures(context, parent).has(reached)
    )
  );
}

function parentKeys(context: Context, key: string): readonly string[] {
  return (context.features?.[key]?.rules ?? [])
    .flatMap((rule) => rule.parentConditions ?? [])
    .map(({ id }) => id);
}

/** Leaves each feature only the parents that come after it, and turns sticky bucketing off. */
function withoutCycles(context: Context): Context {
  const { stickyBucketAssignmentDocs: _, overrides: __, ...rest } = context;
  const features = Object.entries(context.features!).map(([key, feature]) => {
    const isLater = ({ id }: { readonly id: string }) =>
      featureKeys.indexOf(id) > featureKeys.indexOf(key);
    const rules = feature.rules?.map((rule): FeatureRule => ({
      ...rule,
      parentConditions: rule.parentConditions?.filter(isLater) ?? [],
    }));
    return [key, { ...feature, rules: rules ?? [] }];
  });
  return { ...rest, features: Object.fromEntries(features) };
}

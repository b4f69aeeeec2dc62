import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Attributes,
  decideExperiment,
  decideFeature,
  evalFeature,
  explainFeature,
  runExperiment,
} from "../../mod.ts";
import { arbitraryContext } from "../arbitraries/context.ts";
import {
  arbitraryDamagedContext,
  arbitraryDamagedExperiment,
} from "../arbitraries/hostile/damage.ts";
import { arbitraryExperiment } from "../arbitraries/experiment.ts";
import { arbitraryFeatureValue } from "../arbitraries/features.ts";
import {
  arbitraryHostileValue,
  hostileRecord,
} from "../arbitraries/hostile/hostile_values.ts";
import {
  arbitraryAttributeName,
  arbitraryFeatureKey,
} from "../arbitraries/names.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { malformed } from "../support/malformed.ts";
import { testLaw } from "../support/test_law.ts";

const anyContext = fc.oneof(arbitraryContext, arbitraryDamagedContext);
const anyExperiment = fc.oneof(arbitraryExperiment, arbitraryDamagedExperiment);

testLaw(
  "decideFeature() always gives the same for the same",
  800,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    const decision = decideFeature(context, key);
    assertEquals(decideFeature(context, key), decision);
    // Nothing is compiled yet for a copy.
    assertEquals(decideFeature(structuredClone(context), key), decision);
  },
);

// A change of what is frozen throws, which a decision could only survive by another result.
testLaw(
  "decideFeature() and explainFeature() never change what they are given",
  800,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    const copy = structuredClone(context);
    deepFreeze(context);
    assertEquals(decideFeature(context, key), decideFeature(copy, key));
    assertEquals(explainFeature(context, key), explainFeature(copy, key));
    assertEquals(copy, context);
  },
);

testLaw(
  "decideExperiment() always gives the same for the same, and never changes it",
  800,
  [anyContext, anyExperiment],
  (context, experiment) => {
    const copy = structuredClone(context);
    const fields = { ...experiment };
    deepFreeze(context);
    deepFreeze(experiment);
    const decision = decideExperiment(context, experiment);
    assertEquals(decideExperiment(context, experiment), decision);
    assertEquals(decideExperiment(copy, fields), decision);
    assertEquals([copy, fields], [context, experiment]);
  },
);

testLaw(
  "evalFeature() always gives what decideFeature() and explainFeature() give",
  800,
  [anyContext, arbitraryFeatureKey],
  (context, key) => {
    const result = evalFeature(context, key);
    assertEquals(decideFeature(context, key).result, result);
    assertEquals(explainFeature(context, key).result, result);
  },
);

testLaw(
  "runExperiment() always gives what decideExperiment() gives",
  800,
  [anyContext, anyExperiment],
  (context, experiment) => {
    assertEquals(
      runExperiment(context, experiment),
      decideExperiment(context, experiment).result,
    );
  },
);

testLaw(
  "decideFeature() and explainFeature() never throw, whatever the attributes",
  800,
  [
    anyContext,
    arbitraryFeatureKey,
    fc.oneof(hostileRecord(arbitraryAttributeName), arbitraryHostileValue),
  ],
  (context, key, hostile) => {
    const attributes = malformed<Attributes>(hostile);
    const user = { ...context, attributes };
    const { result } = decideFeature(user, key);
    assertEquals(result.on, Boolean(result.value));
    assertEquals(result.off, !result.value);
    assertEquals(explainFeature(user, key).result.source, result.source);
  },
);

testLaw(
  "evalFeature() always gives the value that is forced",
  800,
  [anyContext, arbitraryFeatureKey, arbitraryFeatureValue],
  (context, key, value) => {
    const forcedFeatureValues = { [key]: value };
    const forced = { ...context, forcedFeatureValues };
    const { result, events } = decideFeature(forced, key);
    assertStrictEquals(result.value, value);
    assertEquals(result.source, "override");
    assertEquals(events, []);
  },
);

testLaw(
  "runExperiment() always gives the variation that is forced, where the experiment may run",
  800,
  [arbitraryContext, arbitraryExperiment, fc.nat()],
  (context, experiment, number) => {
    const { url: _, overrides: __, enabled: ___, ...rest } = context;
    const { urlPatterns: ____, ...anywhere } = experiment;
    if (experiment.variations.length < 2) return;
    const variation = number % experiment.variations.length;
    const { result, events } = decideExperiment(
      { ...rest, forcedVariations: { [experiment.key]: variation } },
      anywhere,
    );
    assertEquals(result.variationId, variation);
    assertEquals(result.value, experiment.variations[variation]);
    assert(result.inExperiment && !result.hashUsed);
    assertEquals(events, []);
  },
);

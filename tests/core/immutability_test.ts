import { assert, assertEquals } from "@std/assert";
import {
  decideExperiment,
  decideFeature,
  evalFeature,
  explainFeature,
  getFeatureValue,
  isOn,
  runExperiment,
} from "../../mod.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import {
  richContext,
  richExperiment,
  richFeatureKeys,
} from "../support/evaluation/rich_context.ts";

const sources: Readonly<Record<string, string>> = {
  plain: "defaultValue",
  targeted: "force",
  rollout: "force",
  holdout: "experiment",
  child: "experiment",
  bandit: "experiment",
  overridden: "experiment",
  tracked: "force",
  circle: "cyclicPrerequisite",
  forced: "override",
  unknown: "unknownFeature",
};

for (const key of richFeatureKeys) {
  Deno.test(`a frozen context works: ${key}`, () => {
    const context = deepFreeze(richContext());
    assertEquals(
      decideFeature(context, key),
      decideFeature(richContext(), key),
    );
    assertEquals(evalFeature(context, key).source, sources[key]);
  });

  Deno.test(`a decision leaves its context as it was: ${key}`, () => {
    const context = richContext();
    decideFeature(context, key);
    explainFeature(context, key);
    isOn(context, key);
    getFeatureValue(context, key, null);
    assertEquals(context, richContext());
  });

  Deno.test(`a decision comes out the same each time: ${key}`, () => {
    const context = richContext();
    const first = decideFeature(context, key);
    assertEquals(decideFeature(context, key), first);
    assertEquals(decideFeature(structuredClone(context), key), first);
    assertEquals(evalFeature(context, key), first.result);
    assertEquals(explainFeature(context, key).result, first.result);
  });

  Deno.test(`what is done to a result is not seen by the next: ${key}`, () => {
    const context = richContext();
    const expected = structuredClone(evalFeature(context, key));
    const { result, events } = decideFeature(context, key);
    for (
      const given of [
        result,
        result.experimentResult,
        result.experiment,
        ...events,
      ]
    ) {
      scribbleOver(given);
    }
    assertEquals(evalFeature(context, key), expected);
  });
}

/** Writes into an object's fields and adds one, where it lets itself be written into. */
function scribbleOver(object: object | undefined): void {
  if (object === undefined) return;
  for (const name of [...Object.keys(object), "added"]) {
    Reflect.set(object, name, "scribbled");
  }
}

Deno.test("decisions come out the same in any order", () => {
  const context = richContext();
  const forwards = richFeatureKeys.map((key) => decideFeature(context, key));
  const backwards = richFeatureKeys.toReversed().map((key) =>
    decideFeature(context, key)
  );
  assertEquals(backwards.toReversed(), forwards);
});

Deno.test("a frozen inline experiment works", () => {
  const context = deepFreeze(richContext());
  const { result, events } = decideExperiment(
    context,
    deepFreeze(richExperiment()),
  );
  assertEquals(result.value, { color: "blue" });
  assertEquals(decideExperiment(richContext(), richExperiment()), {
    result,
    events,
  });
});

Deno.test("an inline experiment is left as it was", () => {
  const experiment = richExperiment();
  const context = richContext();
  decideExperiment(context, experiment);
  runExperiment(context, experiment);
  assertEquals(experiment, richExperiment());
  assertEquals(context, richContext());
});

Deno.test("an inline experiment comes out the same each time", () => {
  const experiment = richExperiment();
  const context = richContext();
  const first = decideExperiment(context, experiment);
  assertEquals(decideExperiment(context, experiment), first);
  assertEquals(runExperiment(context, experiment), first.result);
});

Deno.test("what is done to an inline experiment's result is not seen by the next", () => {
  const experiment = richExperiment();
  const context = richContext();
  const expected = structuredClone(runExperiment(context, experiment));
  scribbleOver(runExperiment(context, experiment));
  assertEquals(runExperiment(context, experiment), expected);
});

Deno.test("the reported experiment of a feature is frozen", () => {
  const { experiment } = evalFeature(richContext(), "bandit");
  assert(experiment !== undefined && Object.isFrozen(experiment));
});

Deno.test("users of one payload don't see each other's decisions", () => {
  const { features } = richContext();
  const decide = (id: string) =>
    decideFeature({
      features: features!,
      attributes: { id },
      stickyBucketAssignmentDocs: {},
    }, "holdout");
  const alone = structuredClone(decide("1"));
  for (let user = 2; user < 50; user++) decide(String(user));
  assertEquals(decide("1"), alone);
});

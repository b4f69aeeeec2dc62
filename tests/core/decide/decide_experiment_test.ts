import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  decideExperiment,
  type Experiment,
  runExperiment,
} from "../../../mod.ts";

const attributes = { id: "7" };
const experiment: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
};

Deno.test("decideExperiment() gives the result of runExperiment()", () => {
  assertEquals(
    decideExperiment({ attributes }, experiment).result,
    runExperiment({ attributes }, experiment),
  );
});

Deno.test("decideExperiment() gives the exposure of who is in by hash", () => {
  const { result, events } = decideExperiment({ attributes }, experiment);
  assertEquals(events, [{ type: "experiment.viewed", experiment, result }]);
});

Deno.test("decideExperiment() exposes the experiment that it was given, not a copy", () => {
  const [event] = decideExperiment({ attributes }, experiment).events;
  assertStrictEquals(
    event?.type === "experiment.viewed" && event.experiment,
    experiment,
  );
});

Deno.test("decideExperiment() gives no event for who is out", () => {
  assertEquals(decideExperiment({ attributes: {} }, experiment).events, []);
});

Deno.test("decideExperiment() exposes a passthrough variation like any other", () => {
  const meta = [{}, { passthrough: true }];
  const { result, events } = decideExperiment({ attributes }, {
    ...experiment,
    meta,
  });
  assertEquals([result.passthrough, events.length], [true, 1]);
});

Deno.test("decideExperiment() gives the events of parents first, also when they keep the user out", () => {
  const parent = {
    rules: [{ key: "parent-exp", variations: [true, false], weights: [1, 0] }],
  };
  const keysOf = (value: boolean) =>
    decideExperiment({ attributes, features: { parent } }, {
      ...experiment,
      parentConditions: [{ id: "parent", condition: { value } }],
    }).events.map((event) =>
      event.type === "experiment.viewed" && event.experiment.key
    );
  assertEquals(keysOf(true), ["parent-exp", "exp"]);
  assertEquals(keysOf(false), ["parent-exp"]);
});

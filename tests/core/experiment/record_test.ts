import { assert, assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  decideFeature,
  type DecisionEvent,
  type Experiment,
  type StickyAssignmentDocuments,
} from "../../../mod.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { testRows } from "../../support/test_rows.ts";

const base: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
  meta: [{ key: "c" }, { key: "t" }],
};
const id7 = { id: "7" };

function eventsOf(fields: object, context: Context): readonly DecisionEvent[] {
  return decideExperiment(
    { attributes: id7, stickyBucketAssignmentDocs: {}, ...context },
    { ...base, ...fields },
  ).events;
}

const assignedTo = (
  attributeName: string,
  attributeValue: string,
  assignments: { readonly [key: string]: string },
): DecisionEvent => ({
  type: "sticky-bucket.assigned",
  attributeName,
  attributeValue,
  assignments,
});

const documentOf = (
  assignments: { readonly [key: string]: string },
): StickyAssignmentDocuments => ({
  "id||7": { attributeName: "id", attributeValue: "7", assignments },
});

type Row = readonly [
  fact: string,
  fields: object,
  context: Context,
  expected: readonly DecisionEvent[],
];

const toTreatment = assignedTo("id", "7", { exp__0: "t" });

const rows: readonly Row[] = [
  ["is recorded for who is in by hash", {}, {}, [toTreatment]],
  ["is recorded under the bucket version", { bucketVersion: 3 }, {}, [
    assignedTo("id", "7", { exp__3: "t" }),
  ]],
  [
    "is recorded under the experiment's key, not its seed",
    { seed: "seed", coverage: 1 },
    {},
    [toTreatment],
  ],
  [
    "is recorded with the index where there is no meta",
    { meta: undefined },
    {},
    [assignedTo("id", "7", { exp__0: "1" })],
  ],
  ["is recorded for a number under its JSON text", {}, {
    attributes: { id: 7 },
  }, [toTreatment]],
  ["is recorded for an object under its JSON text", {}, {
    attributes: { id: { a: 1 } },
  }, [assignedTo("id", '{"a":1}', { exp__0: "t" })]],
  ["is recorded under the hash attribute", { hashAttribute: "company" }, {
    attributes: { company: "c" },
  }, [assignedTo("company", "c", { exp__0: "t" })]],
  [
    "is recorded under the fallback that was used",
    { hashAttribute: "company", fallbackAttribute: "id" },
    {},
    [toTreatment],
  ],
  ["is recorded beside what the document has", {}, {
    stickyBucketAssignmentDocs: documentOf({ other__0: "x" }),
  }, [toTreatment]],
  ["is recorded beside an older version", { bucketVersion: 1 }, {
    stickyBucketAssignmentDocs: documentOf({ exp__0: "t" }),
  }, [assignedTo("id", "7", { exp__1: "t" })]],
  ["is recorded in place of one that is not in the meta", {}, {
    stickyBucketAssignmentDocs: documentOf({ exp__0: "gone" }),
  }, [toTreatment]],
  ["is not recorded where the document has it", {}, {
    stickyBucketAssignmentDocs: documentOf({ exp__0: "t" }),
  }, []],
  [
    "is not recorded where the document has it, found or not",
    { meta: undefined },
    { stickyBucketAssignmentDocs: documentOf({ exp__0: "1" }) },
    [],
  ],
  [
    "is not recorded where the experiment disables sticky bucketing",
    { disableStickyBucketing: true },
    {},
    [],
  ],
  ["is not recorded for who is out", { coverage: 0 }, {}, []],
  ["is not recorded for a forced variation", {}, {
    forcedVariations: { exp: 1 },
  }, []],
  ["is not recorded for a variation of the query string", {}, {
    url: "/?exp=1",
  }, []],
  [
    "is not recorded for a variation that the experiment forces",
    { force: 1 },
    {},
    [],
  ],
  ["is not recorded in QA mode", {}, { qaMode: true }, []],
  [
    "is not recorded for who is blocked",
    { bucketVersion: 1, minBucketVersion: 1 },
    { stickyBucketAssignmentDocs: documentOf({ exp__0: "t" }) },
    [],
  ],
];

testRows("an assignment", rows, ([, fields, context, expected]) => {
  assertEquals(
    eventsOf(fields, context).filter(({ type }) =>
      type === "sticky-bucket.assigned"
    ),
    expected,
  );
});

Deno.test("an assignment is not recorded while sticky bucketing is off", () => {
  const { events } = decideExperiment({ attributes: id7 }, base);
  assertEquals(events.map(({ type }) => type), ["experiment.viewed"]);
});

Deno.test("an assignment found through the fallback is recorded under the hash attribute", () => {
  const context: Context = {
    attributes: { company: "c", device: "d" },
    stickyBucketAssignmentDocs: {
      "device||d": {
        attributeName: "device",
        attributeValue: "d",
        assignments: { exp__0: "c" },
      },
    },
  };
  const fields = { hashAttribute: "company", fallbackAttribute: "device" };
  const [event] = eventsOf(fields, context);
  assertEquals(event, assignedTo("company", "c", { exp__0: "c" }));
});

Deno.test("an assignment found through the fallback is not recorded again where the result reports it", () => {
  const context: Context = {
    attributes: { device: "d" },
    stickyBucketAssignmentDocs: {
      "device||d": {
        attributeName: "device",
        attributeValue: "d",
        assignments: { exp__0: "c" },
      },
    },
  };
  const fields = { hashAttribute: "company", fallbackAttribute: "device" };
  assertEquals(eventsOf(fields, context).map(({ type }) => type), [
    "experiment.viewed",
  ]);
});

Deno.test("an assignment comes before its exposure", () => {
  assertEquals(
    eventsOf({}, {}).map(({ type }) => type),
    ["sticky-bucket.assigned", "experiment.viewed"],
  );
});

Deno.test("an exposure does not need an assignment that is new", () => {
  assertEquals(
    eventsOf({}, { stickyBucketAssignmentDocs: documentOf({ exp__0: "t" }) })
      .map(({ type }) => type),
    ["experiment.viewed"],
  );
});

Deno.test("an assignment is returned, not written into the documents", () => {
  const stickyBucketAssignmentDocs = deepFreeze(documentOf({ other__0: "x" }));
  eventsOf({}, { stickyBucketAssignmentDocs });
  assertEquals(stickyBucketAssignmentDocs, documentOf({ other__0: "x" }));
});

Deno.test("one assignment is recorded once in a decision", () => {
  const rule = {
    ...base,
    meta: [{ key: "c" }, { key: "t", passthrough: true }],
  };
  const features = { feature: { rules: [rule, { ...rule }] } };
  const context = { attributes: id7, stickyBucketAssignmentDocs: {}, features };
  assertEquals(
    decideFeature(context, "feature").events.map(({ type }) => type),
    ["sticky-bucket.assigned", "experiment.viewed"],
  );
});

Deno.test("assignments of two experiments are recorded one by one, in order", () => {
  const rule = {
    ...base,
    meta: [{ key: "c" }, { key: "t", passthrough: true }],
  };
  const features = { feature: { rules: [rule, { ...rule, key: "second" }] } };
  const context = { attributes: id7, stickyBucketAssignmentDocs: {}, features };
  assertEquals(
    decideFeature(context, "feature").events.map((event) =>
      event.type === "experiment.viewed"
        ? event.experiment.key
        : event.assignments
    ),
    [{ exp__0: "t" }, "exp", { second__0: "t" }, "second"],
  );
});

Deno.test("all experiments of a decision are assigned in one document, which the context keeps as it was", () => {
  const count = 5_000;
  const rules = Array.from({ length: count }, (_, index) => ({
    key: `holdout-${index}`,
    variations: [0, 1],
    meta: [{ key: "0", passthrough: true }, { key: "1", passthrough: true }],
  }));
  const again = { key: "holdout-0", variations: [0, 1] };
  const context = deepFreeze({
    attributes: id7,
    features: { feature: { rules: [...rules, ...rules, again] } },
    stickyBucketAssignmentDocs: documentOf({ other__0: "x" }),
  });
  const { result, events } = decideFeature(context, "feature");
  const assigned = events.filter(({ type }) =>
    type === "sticky-bucket.assigned"
  );
  assertEquals(assigned.length, count);
  const [first] = events.filter(({ type }) => type === "experiment.viewed");
  assert(first?.type === "experiment.viewed");
  // The last rule has no meta, so that it can't find what the first was given.
  assertEquals(result.source, "experiment");
  assertEquals(first.result.stickyBucketUsed, false);
});

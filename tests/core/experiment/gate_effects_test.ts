import { assertEquals } from "@std/assert";
import {
  type Context,
  decideExperiment,
  type Experiment,
  runExperiment,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

// The order of the gates as it shows in results, events and calls, without an explanation.

const attributes = { id: "7" };
const base: Experiment<string> = {
  key: "exp",
  variations: ["control", "treatment"],
  weights: [0, 1],
};

function run(fields: object, context: object = {}) {
  return runExperiment<string>({ attributes, ...context }, {
    ...base,
    ...fields,
  });
}

/** How often include() was called. */
function callsOfInclude(fields: object, context: object = {}): number {
  let calls = 0;
  run({ ...fields, include: () => ++calls > 0 }, context);
  return calls;
}

// A value that comes with an exposure, whatever the context says of experiments.
const parent = {
  rules: [{
    force: true,
    tracks: [{
      experiment: { key: "parent-exp", variations: [true, false] },
      result: runExperiment({ attributes }, {
        key: "parent-exp",
        variations: [true, false],
      }),
    }],
  }],
};
const parentConditions = [{ id: "parent", condition: {} }];

/** Whether the parent was evaluated, which its exposure tells. */
function asksParent(fields: object, context: object = {}): boolean {
  const { events } = decideExperiment(
    { attributes, ...context, features: { parent } },
    { ...base, parentConditions, ...fields },
  );
  return events.some((event) =>
    event.type === "experiment.viewed" && event.experiment.key === "parent-exp"
  );
}

const found = {
  stickyBucketAssignmentDocs: {
    "id||7": {
      attributeName: "id",
      attributeValue: "7",
      assignments: { exp__0: "1" },
    },
  },
};
const meta = [{ key: "0" }, { key: "1" }];
const sticky = { meta, weights: [1, 0] };
const blocked = { meta, bucketVersion: 1, minBucketVersion: 1 };
const url = "https://shop.example/?exp=1";

Deno.test("two variations are needed before an override could add some", () => {
  const overrides = malformed<NonNullable<Context["overrides"]>>({
    exp: { variations: ["a", "b"] },
  });
  assertEquals(
    run({ variations: ["only"] }, { overrides }).inExperiment,
    false,
  );
});

Deno.test("what is disabled is reported without the override", () => {
  const overrides = { exp: { hashAttribute: "company" } };
  const context = { overrides, attributes: { id: "7", company: "c" } };
  assertEquals(run({}, { ...context, enabled: false }).hashAttribute, "id");
  assertEquals(run({}, context).hashAttribute, "company");
});

Deno.test("too few variations are reported without the override", () => {
  const overrides = { exp: { hashAttribute: "company" } };
  const context = { overrides, attributes: { id: "7", company: "c" } };
  assertEquals(run({ variations: ["only"] }, context).hashAttribute, "id");
});

Deno.test("enabled false beats the query string", () => {
  assertEquals(run({}, { enabled: false, url }).inExperiment, false);
});

Deno.test("enabled false beats forced variations", () => {
  assertEquals(
    run({}, { enabled: false, forcedVariations: { exp: 1 } }).inExperiment,
    false,
  );
});

Deno.test("URL patterns beat the query string", () => {
  assertEquals(run({ urlPatterns: [] }, { url }).inExperiment, false);
});

Deno.test("URL patterns beat forced variations", () => {
  const context = { forcedVariations: { exp: 1 } };
  assertEquals(run({ urlPatterns: [] }, context).inExperiment, false);
});

Deno.test("the query string beats forced variations", () => {
  assertEquals(run({}, { url, forcedVariations: { exp: 0 } }).variationId, 1);
});

Deno.test("the query string beats forced variations that are out of bounds", () => {
  assertEquals(run({}, { url, forcedVariations: { exp: 9 } }).variationId, 1);
});

for (const fields of [{ status: "draft" }, { active: false }]) {
  Deno.test(`forced variations beat ${JSON.stringify(fields)}`, () => {
    assertEquals(run(fields, { forcedVariations: { exp: 1 } }).variationId, 1);
  });

  Deno.test(`a sticky bucket does not beat ${JSON.stringify(fields)}`, () => {
    assertEquals(run({ ...fields, meta }, found).inExperiment, false);
  });
}

Deno.test("forced variations beat the lack of a hash value", () => {
  const context = { attributes: {}, forcedVariations: { exp: 1 } };
  assertEquals(run({}, context).inExperiment, true);
});

// The fallback decides here: its document is found, but only for who has a hash value.
Deno.test("a sticky bucket does not beat the lack of a hash value", () => {
  const { inExperiment, stickyBucketUsed } = run(
    { meta, hashAttribute: "company", disableStickyBucketing: false },
    found,
  );
  assertEquals([inExperiment, stickyBucketUsed], [false, false]);
});

const skipped: readonly (readonly [string, object])[] = [
  ["filters", { filters: [{ seed: "f", ranges: [] }] }],
  ["malformed filters", { filters: {} }],
  ["a namespace", { namespace: ["space", 0, 0] }],
  ["include()", { include: () => false }],
  ["a condition", { condition: { never: true } }],
  ["a malformed condition", { condition: { $or: null } }],
  ["parent conditions", {
    parentConditions: [{ id: "parent", condition: { value: "never" } }],
  }],
  ["groups", { groups: ["nobody"] }],
];

for (const [name, fields] of skipped) {
  Deno.test(`a sticky bucket opens the gate of ${name}`, () => {
    assertEquals(run({ ...sticky, ...fields }).inExperiment, false);
    const { inExperiment, variationId, stickyBucketUsed } = run({
      ...sticky,
      ...fields,
    }, found);
    assertEquals([inExperiment, variationId, stickyBucketUsed], [
      true,
      1,
      true,
    ]);
  });
}

Deno.test("a sticky bucket keeps include() from being called", () => {
  assertEquals(callsOfInclude(sticky, found), 0);
});

Deno.test("a sticky bucket keeps parents from being evaluated", () => {
  assertEquals(asksParent(sticky, found), false);
});

const notSkipped: readonly (readonly [string, object, object])[] = [
  ["a legacy URL pattern", { url: /nowhere/ }, {}],
  ["a hash version that is unknown", { hashVersion: 3 }, {}],
  ["QA mode", {}, { qaMode: true }],
  ["the status stopped", { status: "stopped" }, {}],
  ["enabled false", {}, { enabled: false }],
  ["URL patterns", { urlPatterns: [] }, {}],
];

for (const [name, fields, context] of notSkipped) {
  Deno.test(`a sticky bucket does not open the gate of ${name}`, () => {
    assertEquals(
      run({ ...sticky, ...fields }, { ...found, ...context }).inExperiment,
      false,
    );
  });
}

Deno.test("a sticky bucket does not beat the variation that the experiment forces", () => {
  const { variationId, stickyBucketUsed } = run({ ...sticky, force: 0 }, found);
  assertEquals([variationId, stickyBucketUsed], [0, false]);
});

Deno.test("a sticky bucket beats coverage 0", () => {
  assertEquals(run({ meta, coverage: 0 }, found).stickyBucketUsed, true);
});

Deno.test("filters beat include()", () => {
  assertEquals(callsOfInclude({ filters: [{ seed: "f", ranges: [] }] }), 0);
  assertEquals(callsOfInclude({}), 1);
});

Deno.test("the namespace beats include()", () => {
  assertEquals(callsOfInclude({ namespace: ["space", 0, 0] }), 0);
});

Deno.test("the lack of a hash value beats include()", () => {
  assertEquals(callsOfInclude({}, { attributes: {} }), 0);
});

Deno.test("include() beats the condition", () => {
  assertEquals(callsOfInclude({ condition: { never: true } }), 1);
});

Deno.test("include() beats the parents", () => {
  assertEquals(asksParent({ include: () => false }), false);
});

Deno.test("the condition beats the parents", () => {
  assertEquals(asksParent({ condition: { never: true } }), false);
});

Deno.test("the namespace beats the parents", () => {
  assertEquals(asksParent({ namespace: ["space", 0, 0] }), false);
});

for (
  const [name, fields, context] of [
    ["the groups", { groups: ["nobody"] }, {}],
    ["the legacy URL pattern", { url: /nowhere/ }, {}],
    ["an unknown hash version", { hashVersion: 3 }, {}],
    ["coverage 0", { coverage: 0 }, {}],
    ["a forced variation of its own", { force: 0 }, {}],
    ["QA mode", {}, { qaMode: true }],
    ["the status stopped", { status: "stopped" }, {}],
    ["a blocked version", blocked, found],
  ] as const
) {
  Deno.test(`the parents are asked before ${name}`, () => {
    assertEquals(asksParent(fields, context), true);
  });
}

Deno.test("the legacy URL pattern beats a blocked version", () => {
  assertEquals(
    run({ ...blocked, url: /nowhere/ }, found).stickyBucketUsed,
    false,
  );
  assertEquals(run(blocked, found).stickyBucketUsed, true);
});

Deno.test("an unknown hash version beats a blocked version", () => {
  assertEquals(
    run({ ...blocked, hashVersion: 3 }, found).stickyBucketUsed,
    false,
  );
});

for (
  const fields of [{ filters: [{ seed: "f", ranges: [] }] }, {
    condition: { never: true },
  }]
) {
  Deno.test(`targeting beats a blocked version: ${Object.keys(fields)}`, () => {
    assertEquals(run({ ...blocked, ...fields }, found).stickyBucketUsed, false);
  });
}

Deno.test("a blocked version beats the lack of a variation", () => {
  assertEquals(run({ ...blocked, coverage: 0 }, found).stickyBucketUsed, true);
});

Deno.test("a blocked version beats the variation that the experiment forces", () => {
  assertEquals(run({ ...blocked, force: 1 }, found).inExperiment, false);
});

Deno.test("the lack of a variation beats the variation that the experiment forces", () => {
  assertEquals(run({ coverage: 0, force: 1 }).inExperiment, false);
});

Deno.test("an unknown hash version beats the variation that the experiment forces", () => {
  assertEquals(run({ hashVersion: 3, force: 1 }).inExperiment, false);
});

Deno.test("the variation that the experiment forces beats QA mode", () => {
  assertEquals(run({ force: 0 }, { qaMode: true }).inExperiment, true);
});

Deno.test("the variation that the experiment forces beats the status stopped", () => {
  assertEquals(run({ force: 0, status: "stopped" }).inExperiment, true);
});

Deno.test("QA mode and the status stopped keep from recording anything", () => {
  for (
    const [fields, context] of [[{}, { qaMode: true }], [
      { status: "stopped" },
      {},
    ]]
  ) {
    const { events } = decideExperiment(
      { attributes, stickyBucketAssignmentDocs: {}, ...context },
      { ...base, ...fields } as Experiment<string>,
    );
    assertEquals(events, []);
  }
});

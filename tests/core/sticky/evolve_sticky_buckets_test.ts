import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import {
  decideExperiment,
  evolveStickyBuckets,
  runExperiment,
  type StickyAssignmentDocument,
  type StickyAssignmentDocuments,
  type StickyBucketAssigned,
} from "../../../mod.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { runs } from "../../support/runs.ts";

const assigned: StickyBucketAssigned = {
  type: "sticky-bucket.assigned",
  attributeName: "id",
  attributeValue: "7",
  assignments: { exp__0: "t" },
};
const document: StickyAssignmentDocument = {
  attributeName: "id",
  attributeValue: "7",
  assignments: { exp__0: "t" },
};

Deno.test("evolveStickyBuckets() adds a document", () => {
  assertEquals(evolveStickyBuckets({}, assigned), { "id||7": document });
});

Deno.test("evolveStickyBuckets() adds an assignment to a document", () => {
  const documents = {
    "id||7": { ...document, assignments: { other__0: "x" } },
  };
  assertEquals(evolveStickyBuckets(documents, assigned), {
    "id||7": { ...document, assignments: { other__0: "x", exp__0: "t" } },
  });
});

Deno.test("evolveStickyBuckets() leaves other documents as they are", () => {
  const other = {
    attributeName: "id",
    attributeValue: "8",
    assignments: { exp__0: "c" },
  };
  const documents = evolveStickyBuckets({ "id||8": other }, assigned);
  assertStrictEquals(documents["id||8"], other);
});

Deno.test("evolveStickyBuckets() has the assignment that is added last stay", () => {
  const documents = { "id||7": { ...document, assignments: { exp__0: "c" } } };
  assertEquals(evolveStickyBuckets(documents, assigned), { "id||7": document });
});

Deno.test("evolveStickyBuckets() gives the same record where nothing is added", () => {
  const documents = { "id||7": document };
  assertStrictEquals(evolveStickyBuckets(documents, assigned), documents);
});

Deno.test("evolveStickyBuckets() changes nothing that it is given", () => {
  const documents = deepFreeze({
    "id||7": { ...document, assignments: { other__0: "x" } },
  });
  evolveStickyBuckets(documents, deepFreeze(structuredClone(assigned)));
  assertEquals(documents["id||7"].assignments, { other__0: "x" });
});

Deno.test("evolveStickyBuckets() unites two documents of one key", () => {
  const other = { ...document, assignments: { other__1: "x" } };
  assertEquals(
    evolveStickyBuckets(evolveStickyBuckets({}, document), other),
    { "id||7": { ...document, assignments: { exp__0: "t", other__1: "x" } } },
  );
});

Deno.test("evolveStickyBuckets() keeps a document without assignments", () => {
  const empty = { ...document, assignments: {} };
  assertEquals(evolveStickyBuckets({}, empty), { "id||7": empty });
});

for (const name of ["__proto__", "constructor", "toString"]) {
  Deno.test(`evolveStickyBuckets() takes an assignment of ${name} as any other`, () => {
    const assignments = JSON.parse(`{"${name}":"t"}`);
    const documents = evolveStickyBuckets({}, { ...assigned, assignments });
    assertEquals(Object.entries(documents["id||7"]!.assignments), [[
      name,
      "t",
    ]]);
    const again = evolveStickyBuckets(documents, {
      ...assigned,
      assignments: { exp__0: "c" },
    });
    assertEquals(Object.entries(again["id||7"]!.assignments), [[name, "t"], [
      "exp__0",
      "c",
    ]]);
  });
}

Deno.test("evolveStickyBuckets() makes a decision's variation stay", () => {
  const experiment = {
    key: "exp",
    variations: ["control", "treatment"],
    weights: [0, 1],
    meta: [{ key: "c" }, { key: "t" }],
  };
  const context = { attributes: { id: "7" } };
  let documents: StickyAssignmentDocuments = {};
  const { events } = decideExperiment(
    { ...context, stickyBucketAssignmentDocs: documents },
    experiment,
  );
  for (const event of events) {
    if (event.type === "sticky-bucket.assigned") {
      documents = evolveStickyBuckets(documents, event);
    }
  }
  const { value, stickyBucketUsed } = runExperiment(
    { ...context, stickyBucketAssignmentDocs: documents },
    { ...experiment, weights: [1, 0] },
  );
  assertEquals([value, stickyBucketUsed], ["treatment", true]);
});

const arbitraryDocument: fc.Arbitrary<StickyAssignmentDocument> = fc.record({
  attributeName: fc.constant("id"),
  attributeValue: fc.constantFrom("7", "8"),
  assignments: fc.dictionary(
    fc.constantFrom("a__0", "b__0", "b__1", "__proto__"),
    fc.constantFrom("x", "y"),
  ),
}, { noNullPrototype: true });

Deno.test("evolveStickyBuckets() always gives the same when an event is folded twice", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryDocument),
      arbitraryDocument,
      (earlier, last) => {
        const documents = earlier.reduce(evolveStickyBuckets, {});
        const once = evolveStickyBuckets(documents, last);
        assertStrictEquals(evolveStickyBuckets(once, last), once);
      },
    ),
    runs(100),
  );
});

Deno.test("evolveStickyBuckets() never loses an assignment of another key", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryDocument),
      arbitraryDocument,
      (earlier, last) => {
        const before = earlier.reduce(evolveStickyBuckets, {});
        const after = evolveStickyBuckets(before, last);
        for (const [key, { assignments }] of Object.entries(before)) {
          const kept = Object.keys(after[key]!.assignments);
          assertEquals(
            Object.keys(assignments).every((name) => kept.includes(name)),
            true,
          );
        }
      },
    ),
    runs(100),
  );
});

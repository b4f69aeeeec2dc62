import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  addAssignment,
  findAssigned,
  listAssignments,
} from "../../../core/evaluation/known_assignments.ts";
import { memoOf, remember } from "../../../core/evaluation/memo.ts";
import { startEvaluation } from "../../../core/evaluation/start_evaluation.ts";
import { plainCall } from "../../../core/feature/evaluate_feature.ts";
import { unknownFeature } from "../../../core/feature/feature_store.ts";
import type { StickyAssignmentDocuments } from "../../../mod.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";

const assignments = { exp__0: "c" };
const documents: StickyAssignmentDocuments = deepFreeze({
  "id||7": { attributeName: "id", attributeValue: "7", assignments },
});

function start(stickyBucketAssignmentDocs?: StickyAssignmentDocuments) {
  const context = stickyBucketAssignmentDocs === undefined
    ? {}
    : { stickyBucketAssignmentDocs };
  return startEvaluation(context, plainCall);
}

Deno.test("listAssignments() gives those of the context without a copy", () => {
  const [known, ...others] = listAssignments(start(documents), "id", "7");
  assertStrictEquals(known, assignments);
  assertEquals(others, []);
});

Deno.test("listAssignments() gives those that were made first, and copies none", () => {
  const evaluation = start(documents);
  addAssignment(evaluation, "id", "7", "other__0", "t");
  const [made, known] = listAssignments(evaluation, "id", "7");
  assertStrictEquals(known, assignments);
  addAssignment(evaluation, "id", "7", "exp__0", "t");
  const list = listAssignments(evaluation, "id", "7");
  assertStrictEquals(list[0], made);
  assertEquals(Object.entries(made!), [["other__0", "t"], ["exp__0", "t"]]);
  assertEquals(findAssigned(list, "exp__0"), "t");
});

Deno.test("listAssignments() gives none of another value, nor of another attribute", () => {
  const evaluation = start(documents);
  addAssignment(evaluation, "id", "7", "exp__0", "t");
  assertEquals(listAssignments(evaluation, "id", "8"), []);
  assertEquals(listAssignments(evaluation, "user", "7"), []);
});

Deno.test("listAssignments() gives none where sticky bucketing is off", () => {
  assertEquals(listAssignments(start(), "id", "7"), []);
});

Deno.test("findAssigned() finds what is named as a record's prototype is", () => {
  const evaluation = start({});
  const add = (key: string) => addAssignment(evaluation, "id", "7", key, "t");
  assertEquals([add("__proto__"), add("__proto__")], [true, false]);
  const known = listAssignments(evaluation, "id", "7");
  assertEquals(findAssigned(known, "__proto__"), "t");
  assertEquals(findAssigned(known, "toString"), undefined);
});

Deno.test("addAssignment() tells whether an assignment is new", () => {
  const evaluation = start(documents);
  const add = (variation: string) =>
    addAssignment(evaluation, "id", "7", "exp__0", variation);
  assertEquals([add("c"), add("t"), add("t")], [false, true, false]);
  assertEquals(memoOf(evaluation).changes, 1);
});

Deno.test("addAssignment() has parents evaluated anew, which may see it", () => {
  const evaluation = start({});
  const memo = memoOf(evaluation);
  remember(memo, "parent", unknownFeature.byDefault);
  addAssignment(evaluation, "id", "7", "exp__0", "t");
  assertEquals(memo.firstResult, null);
});

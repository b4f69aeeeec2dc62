import { assertEquals } from "@std/assert";
import {
  type Context,
  runExperiment,
  type StickyAssignmentDocuments,
} from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

/** Runs an experiment for a user whose hash attribute and fallback have these assignments. */
function run(own: unknown, shared: unknown, keys: readonly unknown[]) {
  const document = (attributeName: string, assignment: unknown) => ({
    attributeName,
    attributeValue: "7",
    assignments: { exp__0: assignment },
  });
  const context: Context = {
    attributes: { id: "7", company: "7" },
    stickyBucketAssignmentDocs: malformed<StickyAssignmentDocuments>({
      "id||7": document("id", own),
      "company||7": document("company", shared),
    }),
  };
  return runExperiment(context, {
    key: "exp",
    variations: ["a", "b"],
    weights: [1, 0],
    fallbackAttribute: "company",
    meta: malformed<{ key: string }[]>(keys.map((key) => ({ key }))),
  });
}

Deno.test("an empty variation key is found in a sticky bucket", () => {
  const { value, stickyBucketUsed } = run("", "other", ["other", ""]);
  assertEquals([value, stickyBucketUsed], ["b", true]);
});

Deno.test("an assignment of null hides the fallback's", () => {
  const { value, stickyBucketUsed } = run(null, "b", ["a", "b"]);
  assertEquals([value, stickyBucketUsed], ["a", false]);
});

Deno.test("an assignment of null is found where a variation's key is null", () => {
  const { value, stickyBucketUsed } = run(null, "a", ["a", null]);
  assertEquals([value, stickyBucketUsed], ["b", true]);
});

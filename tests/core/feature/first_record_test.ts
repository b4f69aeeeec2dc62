import { assertEquals } from "@std/assert";
import { type Context, runExperiment } from "../../../mod.ts";

// A file of its own: what comes first in a program finds nothing that was kept from a call before.
Deno.test("runExperiment() finds no parent in features that are null, also in the first call of all", () => {
  const context: object = { attributes: { id: "1" }, features: null };
  const result = runExperiment(context as Context, {
    key: "exp",
    variations: ["control", "treatment"],
    parentConditions: [{ id: "parent", condition: { value: null } }],
  });
  assertEquals(result.inExperiment, true);
});

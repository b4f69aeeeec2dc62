import { assertEquals } from "@std/assert";
import { explainFeature } from "../../../mod.ts";

Deno.test("explainFeature() tells which attribute a user has no value of", () => {
  const features = {
    feature: { rules: [{ variations: ["a", "b"], hashAttribute: "company" }] },
  };
  const context = { attributes: { id: "1" }, features };
  const { gates } = explainFeature(context, "feature").rules[0]!;
  assertEquals(gates.at(-1), {
    gate: "hashValue",
    outcome: "stopped",
    reason: "noHashValue",
    expected: "company",
  });
});

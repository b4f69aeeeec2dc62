import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { evalFeature } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";

// One definition of a child in several payloads, each with a parent of its own or none.
const child = {
  defaultValue: "default",
  rules: [1, 2, 3].map((value) => ({
    parentConditions: [{ id: "parent", condition: { value } }],
    force: `forced ${value}`,
  })),
};
const payloads = [
  { child, parent: { defaultValue: 1 }, value: "forced 1" },
  { parent: { defaultValue: 2 }, child, value: "forced 2" },
  { child, parent: { defaultValue: 3 }, value: "forced 3" },
  { child, value: "default" },
].map(({ value, ...features }) => ({ features, value }));

Deno.test("evalFeature() goes by the parent of the context, whichever was asked for before", () => {
  const calls = fc.array(
    fc.tuple(
      fc.constantFrom(...payloads),
      fc.constantFrom("child", "parent", "unknown"),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(calls, (asked) => {
      for (const [{ features, value }, key] of asked) {
        const result = evalFeature({ features }, key);
        if (key === "child") assertEquals(result.value, value);
      }
    }),
    runs(200),
  );
});

Deno.test("evalFeature() goes by a parent's forced value where the parent was found before", () => {
  for (const { features, value } of payloads) {
    const forcedFeatureValues = { parent: 3 };
    for (let time = 0; time < 2; time++) {
      assertEquals(evalFeature({ features }, "child").value, value);
      const forced = evalFeature({ features, forcedFeatureValues }, "child");
      assertEquals(forced.value, "forced 3");
    }
  }
});

Deno.test("evalFeature() finds a parent also where no context had features before", () => {
  const parentConditions = [{ id: "parent", condition: { value: null } }];
  const features = { child: { rules: [{ parentConditions, force: 1 }] } };
  assertEquals(evalFeature({ features }, "child").value, 1);
  assertEquals(evalFeature({}, "child").value, null);
  assertEquals(evalFeature({ features }, "child").value, 1);
});

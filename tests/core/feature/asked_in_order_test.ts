import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { evalFeature } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";

/** Features whose value is their key with a mark. */
function markedFeatures(keys: readonly string[], mark: string) {
  return Object.fromEntries(
    keys.map((key) => [key, { defaultValue: `${key}${mark}` }]),
  );
}

Deno.test("evalFeature() gives each feature its own value, in whichever order they are asked for", () => {
  const keys = ["a", "b", "c", "d", "a".repeat(3), "__proto__"];
  const records = ["", "!"].map((mark) => ({
    mark,
    features: markedFeatures(keys, mark),
  }));
  const calls = fc.array(
    fc.tuple(fc.constantFrom(...records), fc.constantFrom(...keys, "unknown")),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 3 }), (asked, times) => {
      for (let time = 0; time < times; time++) {
        for (const [{ mark, features }, key] of asked) {
          const { value } = evalFeature({ features }, key);
          assertEquals(value, key === "unknown" ? null : `${key}${mark}`);
        }
      }
    }),
    runs(200),
  );
});

Deno.test("evalFeature() goes by the definitions of the context where features are asked for as before", () => {
  const first = markedFeatures(["a", "b", "c"], "");
  const second = { ...first, b: { defaultValue: "another" } };
  const ask = (features: typeof first) =>
    ["a", "b", "c"].map((key) => evalFeature({ features }, key).value);
  for (let time = 0; time < 3; time++) {
    assertEquals(ask(first), ["a", "b", "c"]);
    assertEquals(ask(second), ["a", "another", "c"]);
  }
  for (let time = 0; time < 3; time++) assertEquals(ask(first)[1], "b");
  for (let time = 0; time < 3; time++) assertEquals(ask(second)[1], "another");
});

Deno.test("evalFeature() gives the same result for a definition that another payload has too", () => {
  const a = { defaultValue: "a" };
  const b = { defaultValue: "b" };
  const other = markedFeatures(["c", "d", "e"], "");
  const before = evalFeature({ features: { a, b } }, "b");
  const features = { ...other, b, a };
  for (const key of ["c", "d", "e", "a"]) evalFeature({ features }, key);
  assertStrictEquals(evalFeature({ features }, "b"), before);
});

Deno.test("evalFeature() goes by a forced value where the feature is the one that is asked for as a rule", () => {
  const features = markedFeatures(["a", "b"], "");
  const ask = () =>
    ["a", "b"].map((key) => evalFeature({ features }, key).value);
  for (let time = 0; time < 3; time++) assertEquals(ask(), ["a", "b"]);
  evalFeature({ features }, "a");
  const forcedFeatureValues = { b: "forced" };
  const forced = evalFeature({ features, forcedFeatureValues }, "b");
  assertEquals(forced.value, "forced");
  assertEquals(evalFeature({ features }, "b").value, "b");
});

Deno.test("evalFeature() gives each record its own values where reading one evaluates another", () => {
  const others = markedFeatures(["a", "b"], "!");
  const ask = (features: typeof others, ...keys: readonly string[]) =>
    keys.map((key) => evalFeature({ features }, key).value);
  const features = new Proxy(markedFeatures(["a", "b"], ""), {
    get: (record, key: string) => {
      if (key === "b") ask(others, "a");
      return record[key]!;
    },
  });
  ask(others, "a", "b", "a", "b");
  assertEquals(ask(features, "a", "b"), ["a", "b"]);
  assertEquals(ask(others, "a", "b"), ["a!", "b!"]);
});

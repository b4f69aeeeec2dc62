import { assertEquals, assertFalse } from "@std/assert";
import { explainFeature, type FeatureDefinitions } from "../../../../mod.ts";
import { formatJson } from "../../../../adapters/cli/text/format_json.ts";

Deno.test("formatJson() gives key and result", () => {
  const explanation = explain({ feature: { defaultValue: [1] } });
  assertEquals(JSON.parse(formatJson([explanation], false)!), [
    { key: "feature", result: explanation.result },
  ]);
});

Deno.test("formatJson() gives the explanation where that is wanted", () => {
  const explanation = explain({ feature: { rules: [{ force: 1 }] } });
  assertEquals(JSON.parse(formatJson([explanation], true)!), [
    { key: "feature", result: explanation.result, explanation },
  ]);
});

Deno.test("formatJson() escapes what JSON leaves as it is, without changing it", () => {
  const explanation = explain({ feature: { defaultValue: "\x9b2J\u202e\n" } });
  const text = formatJson([explanation], false)!;
  assertFalse(/[\x7f-\x9f\u202e]/.test(text));
  assertEquals(JSON.parse(text)[0].result.value, "\x9b2J\u202e\n");
});

Deno.test("formatJson() gives null where a value nests too deep", () => {
  let deep = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  assertEquals(
    formatJson([explain({ feature: { defaultValue: deep } })], false),
    null,
  );
});

function explain(features: FeatureDefinitions) {
  return explainFeature({ features }, "feature");
}

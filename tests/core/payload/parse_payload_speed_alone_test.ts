import { assert, assertEquals } from "@std/assert";
import { lintPayload } from "../../../core/lint/mod.ts";
import { issuesOf } from "./issues_of.ts";

// The limits are far from what a slow machine needs, and far from what is not linear.

const wide = Array.from({ length: 30_000 }, () => ({ id: "x" }));

for (
  const [name, rule] of Object.entries({
    "parent conditions": { parentConditions: wide },
    filters: { filters: wide, force: 1 },
    exposures: { tracks: wide, force: 1 },
    variations: { variations: wide, key: "e" },
    ranges: { variations: [], ranges: wide },
    conditions: { condition: { $or: wide }, force: 1 },
    members: { condition: { a: { $lt: 1, $nin: wide } }, force: 1 },
  })
) {
  Deno.test(`lintPayload() is done soon with ${name} that 30,000 rules share`, () => {
    const started = performance.now();
    const rules = wide.map(() => ({ ...rule }));
    lintPayload({ f: { rules } });
    // One by one they would take minutes.
    assert(performance.now() - started < 30_000);
  });
}

Deno.test("lintPayload() looks through 10,000 features in no time", () => {
  const features = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`f${index}`, {
      defaultValue: { a: 1, b: [1, 2, 3] },
      rules: [{
        condition: { country: { $in: ["fr", "be"] } },
        variations: [1, 2],
        weights: [0.5, 0.5],
        meta: [{ key: "0" }, { key: "1" }],
      }],
    }]),
  );
  const started = performance.now();
  assertEquals(issuesOf(features), []);
  // It takes a tenth of a second. What is not linear takes much longer.
  assert(performance.now() - started < 10_000);
});

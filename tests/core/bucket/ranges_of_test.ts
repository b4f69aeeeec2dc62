import { assertEquals } from "@std/assert";
import { rangesOf } from "../../../core/bucket/ranges_of.ts";
import { malformed } from "../../support/malformed.ts";
import type { Experiment } from "../../../mod.ts";

const base: Experiment = { key: "cta", variations: ["a", "b"] };

Deno.test("rangesOf() prefers ranges to weights", () => {
  const ranges = [[0, 0.1], [0.1, 1]] as const;
  assertEquals(
    rangesOf({ ...base, ranges, weights: [0.5, 0.5] }, base),
    ranges,
  );
});

Deno.test("rangesOf() counts weights that are no list as absent, unless they pass for one", () => {
  const weights = (weights: unknown) =>
    malformed<Experiment>({ ...base, weights });
  const halves = [[0, 0.5], [0.5, 1]] as const;
  assertEquals(rangesOf(weights("abc"), base), halves);
  assertEquals(rangesOf(weights({ length: 3 }), base), halves);
  assertEquals(rangesOf(weights("ab"), base), null);
  assertEquals(rangesOf(weights({ length: 2 }), base), null);
});

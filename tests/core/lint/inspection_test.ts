import { assertEquals } from "@std/assert";
import { checkAutoExperiment } from "../../../core/lint/experiment/check_auto_experiment.ts";
import { checkBandit } from "../../../core/lint/experiment/check_bandit.ts";
import { checkFeature } from "../../../core/lint/check_feature.ts";
import { checkSavedGroup } from "../../../core/lint/check_saved_group.ts";
import { startFindings } from "../../../core/payload/read/findings.ts";
import {
  type Inspection,
  isDue,
  startInspection,
} from "../../../core/lint/inspection.ts";
import { wholePayload } from "../../../core/payload/read/place.ts";
import type { JsonObject, JsonValue } from "../../../mod.ts";
import { testRows } from "../../support/test_rows.ts";

Deno.test("isDue() has a container checked once, and again as long as the allowance lasts", () => {
  const inspection = inspect(5);
  const shared = [1, 2];
  assertEquals(
    [1, 2, 3, 4].map(() => isDue(inspection, shared)),
    [true, true, false, false],
  );
  assertEquals(isDue(inspection, [1, 2]), true);
});

Deno.test("isDue() takes one more than the entries of a container from the allowance", () => {
  const inspection = inspect(5);
  const shared = { a: 1, b: 2 };
  isDue(inspection, shared);
  isDue(inspection, shared);
  assertEquals(inspection.allowance, 2);
});

/** What is shared is wrong in one way, which counts each time that it is looked at. */
type Row = readonly [
  fact: string,
  check: (inspection: Inspection, shared: JsonValue) => void,
  shared: JsonValue,
];

const asFeature =
  (wrap: (shared: JsonValue) => JsonObject) =>
  (inspection: Inspection, shared: JsonValue) =>
    checkFeature(inspection, wrap(shared), wholePayload);
const asRule = (wrap: (shared: JsonValue) => JsonObject) =>
  asFeature((shared) => ({ rules: [wrap(shared)] }));
const asPage =
  (wrap: (shared: JsonValue) => JsonObject) =>
  (inspection: Inspection, shared: JsonValue) =>
    checkAutoExperiment(
      inspection,
      { key: "e", variations: [{}, { css: "a" }], ...wrap(shared) },
      wholePayload,
    );
const two = [true, false];

testRows<Row>("where the allowance is used up, lintPayload() looks once at", [
  ["rules", asFeature((rules) => ({ rules })), [5]],
  ["a rule", asFeature((rule) => ({ rules: [rule] })), {
    condition: 5,
    force: 1,
  }],
  ["a condition", asRule((condition) => ({ condition, force: 1 })), {
    country: { $is: "fr" },
  }],
  [
    "what is expected of a value",
    asRule((expected) => ({ condition: { country: expected }, force: 1 })),
    { $is: "fr" },
  ],
  [
    "a list of what is expected",
    asRule((list) => ({ condition: { tags: { $all: list } }, force: 1 })),
    [{ $is: "fr" }],
  ],
  ["a filter", asRule((filter) => ({ filters: [filter], force: 1 })), {
    seed: 5,
    ranges: [[0, 1]],
  }],
  ["ranges", asRule((ranges) => ({ variations: two, ranges })), [
    [0, 0.5],
    [0.5, 2],
  ]],
  ["weights", asRule((weights) => ({ variations: two, weights })), [0.5, "1"]],
  ["meta", asRule((meta) => ({ variations: two, meta })), [5, {}]],
  [
    "an auto experiment",
    (inspection, shared) =>
      checkAutoExperiment(inspection, shared as JsonObject, wholePayload),
    { key: "e", variations: [{}, { css: "a" }], active: 5 },
  ],
  [
    "the pages of an auto experiment",
    asPage((urlPatterns) => ({ urlPatterns })),
    [
      5,
    ],
  ],
  [
    "the changes of an auto experiment",
    asPage((variations) => ({ variations })),
    [
      {},
      { css: 5 },
    ],
  ],
  [
    "the leaves of a bandit",
    (inspection, contexts) =>
      checkBandit(inspection, { banditVersion: 1, contexts }, wholePayload),
    [5],
  ],
  [
    "the members of a group",
    (inspection, group) => checkSavedGroup(inspection, group, wholePayload),
    [["1"]],
  ],
], ([, check, shared]) => {
  const inspection = inspect(0);
  check(inspection, shared);
  const { issues } = inspection.findings;
  const first = issues.length;
  assertEquals(first > 0, true);
  check(inspection, shared);
  assertEquals(issues.length, first);
  const generous = inspect(100);
  check(generous, shared);
  check(generous, shared);
  assertEquals(generous.findings.issues.length, 2 * first);
});

function inspect(allowance: number): Inspection {
  const nothing = { features: {}, savedGroups: {}, contextualBandits: {} };
  return { ...startInspection(startFindings(), nothing), allowance };
}

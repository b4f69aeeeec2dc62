import { assertEquals } from "@std/assert";
import { stickyExperiments } from "../../../core/sticky/sticky_experiments.ts";
import type { FeatureRule } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";

const variations = [1, 2];

Deno.test("stickyExperiments() lists those of a feature and its parents, round a ring too", () => {
  const under = (id: string) => ({
    parentConditions: [{ id, condition: {} }],
    force: 1,
  });
  const features = {
    other: { rules: [{ variations, key: "other" }] },
    parent: {
      rules: [{ variations, hashAttribute: "company" }, under("child")],
    },
    child: { rules: [under("parent"), { variations, key: "own" }] },
    plain: { rules: [{ variations, disableStickyBucketing: true }] },
  };
  assertEquals(stickyExperiments({ features }, "child"), [
    { key: "own", attributes: ["id", "id"] },
    { key: "parent", attributes: ["company", "id"] },
  ]);
  assertEquals(stickyExperiments({ features }, "plain"), []);
  assertEquals(stickyExperiments({}, "nope"), []);
});

Deno.test("stickyExperiments() passes over keys and parents that can't become a text", () => {
  const untold = { toString: 1, valueOf: 1 };
  const rules = malformed<FeatureRule[]>([
    { variations, key: untold },
    { variations, key: "own", parentConditions: [{ id: untold }] },
  ]);
  assertEquals(
    stickyExperiments({ features: { feature: { rules } } }, "feature"),
    [
      { key: "own", attributes: ["id", "id"] },
    ],
  );
});

import { assertEquals } from "@std/assert";
import { stickyExperiments } from "../../../core/sticky/sticky_experiments.ts";

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

import { assertEquals } from "@std/assert";
import { setNested } from "../../../../core/collections/nested_map.ts";
import { emptyMap } from "../../../../core/collections/sorted_map.ts";
import {
  featureUsage,
  listFeatureUsage,
  replay,
} from "../../../../core/events/mod.ts";
import { makeEvent } from "../../../arbitraries/records/events.ts";

const use = { featureKey: "cta", value: "Buy", source: "force", ruleId: "r" };

Deno.test("listFeatureUsage() lists the most frequent use of a feature first", () => {
  const events = [
    makeEvent(1, 1, "feature.evaluated", { ...use, count: 2 }),
    makeEvent(2, 2, "feature.evaluated", { ...use, value: "Get", count: 3 }),
    makeEvent(3, 3, "feature.evaluated", { ...use, count: 2 }),
  ];
  const { states } = replay(events, { featureUsage });
  assertEquals(
    listFeatureUsage(states.featureUsage).map(({ value, count }) => [
      value,
      count,
    ]),
    [["Buy", 4], ["Get", 3]],
  );
});

Deno.test("listFeatureUsage() passes over what no event leaves behind", () => {
  assertEquals(listFeatureUsage(setNested(emptyMap, ["cta"], 1) as never), []);
});

import { assertEquals } from "@std/assert";
import { decideFeature, type DecisionEvent } from "../../../mod.ts";
import { collectEvents } from "../../../core/evaluation/collect_events.ts";

const { events: [exposure] } = decideFeature(
  {
    attributes: { id: "7" },
    features: { a: { rules: [{ variations: [1] }, { variations: [1, 2] }] } },
  },
  "a",
);

const assignment: DecisionEvent = {
  type: "sticky-bucket.assigned",
  attributeName: "id",
  attributeValue: "7",
  assignments: { a__0: "1" },
};

function recordAll(events: readonly DecisionEvent[]) {
  const collector = collectEvents();
  events.forEach(collector.record);
  return collector.events;
}

Deno.test("collectEvents() keeps events in order", () => {
  assertEquals(recordAll([assignment, exposure!]), [assignment, exposure]);
});

Deno.test("collectEvents() keeps an exposure once", () => {
  assertEquals(recordAll([exposure!, assignment, { ...exposure! }]), [
    exposure,
    assignment,
  ]);
});

Deno.test("collectEvents() begins anew once its list is emptied", () => {
  const { events, record } = collectEvents();
  record(exposure!);
  events.length = 0;
  record(exposure!);
  assertEquals(events, [exposure]);
});

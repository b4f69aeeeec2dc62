import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  decideFeature,
  type DecisionEvent,
  type ExperimentViewed,
  type JsonValue,
} from "../../../mod.ts";
import { collectEvents } from "../../../core/evaluation/collect_events.ts";
import { testLaw } from "../../support/test_law.ts";

const exposure = decideFeature(
  {
    attributes: { id: "7" },
    features: { a: { rules: [{ variations: [1] }, { variations: [1, 2] }] } },
  },
  "a",
).events[0] as ExperimentViewed;

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
  assertEquals(recordAll([assignment, exposure]), [assignment, exposure]);
});

Deno.test("collectEvents() keeps an exposure once", () => {
  assertEquals(recordAll([exposure, assignment, { ...exposure }]), [
    exposure,
    assignment,
  ]);
});

function exposureOf(
  key: string,
  variationId: number,
  hashValue: unknown,
): DecisionEvent {
  return {
    ...exposure,
    experiment: { ...exposure.experiment, key },
    result: {
      ...exposure.result,
      variationId,
      hashValue: hashValue as JsonValue,
    },
  };
}

testLaw(
  "collectEvents() tells many exposures apart as it does few",
  100,
  [
    fc.array(
      fc.record({
        key: fc.constantFrom("a", "b", "c"),
        variation: fc.nat(3),
        value: fc.oneof(
          fc.constantFrom(1, "1", "", true, "true", null, "null", "[1]"),
          fc.array(fc.nat(2), { maxLength: 2 }),
          fc.record({ id: fc.nat(2) }),
        ),
      }),
      { maxLength: 400, size: "max" },
    ),
  ],
  (list) => {
    const events = list.map(({ key, variation, value }) =>
      exposureOf(key, variation, value)
    );
    const expected = list.filter((item, index) =>
      list.findIndex((other) =>
        other.key === item.key && other.variation === item.variation &&
        (typeof other.value === typeof item.value) &&
        JSON.stringify(other.value) === JSON.stringify(item.value)
      ) === index
    );
    assertEquals(recordAll(events).length, expected.length);
  },
);

Deno.test("collectEvents() compares an exposure with few others", () => {
  let reads = 0;
  const events = Array.from({ length: 2000 }, (_, index) => {
    const event = exposureOf("a", index, "7") as ExperimentViewed;
    const result = Object.defineProperty({ ...event.result }, "variationId", {
      get: () => (reads++, index),
    });
    return { ...event, result };
  });
  assertEquals(recordAll([...events, ...events]).length, 2000);
  assert(reads < 100 * events.length, String(reads));
});

Deno.test("collectEvents() keeps what has no text, among many too", () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const events = Array.from(
    { length: 100 },
    (_, index) => exposureOf(`e${index}`, 0, cyclic),
  );
  assertEquals(recordAll(events).length, 100);
});

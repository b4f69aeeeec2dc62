import { assert, assertEquals } from "@std/assert";
import { type EventIssue, parseEvent } from "../../../../core/events/mod.ts";

const event = {
  id: "0199b2c4-6c00-7000-8000-000000000001",
  time: 1_760_000_000_000,
  type: "custom",
  version: 1,
  data: { name: "purchase", properties: { amount: 12.5 } },
};

const rows: readonly (readonly [string, unknown, EventIssue])[] = [
  ["what is no JSON", undefined, {
    code: "not-json",
    path: "",
    expected: "JSON",
    received: "the current value is undefined",
  }],
  ["a list", [], {
    code: "not-an-event",
    path: "",
    expected: "an event",
    received: "an array of 0",
  }],
  ["an event without an id", { ...event, id: 7 }, {
    code: "not-an-event",
    path: "/id",
    expected: "a text",
    received: "7",
  }],
  ["an event of a type from the future", { ...event, type: "toString" }, {
    code: "unknown-type",
    path: "/type",
    expected: "a known type",
    received: '"toString"',
  }],
  ["an event of a version from the future", { ...event, version: 2 }, {
    code: "unknown-version",
    path: "/version",
    expected: "1",
    received: "2",
  }],
  ["malformed data", { ...event, data: { ...event.data, name: 7 } }, {
    code: "malformed",
    path: "/data/name",
    expected: "a text",
    received: "7",
  }],
  ["a malformed user", { ...event, user: { level: "much", attributes: {} } }, {
    code: "malformed",
    path: "/user/level",
    expected: "one of identity, decision, all",
    received: '"much"',
  }],
];

for (const [name, input, issue] of rows) {
  Deno.test(`parseEvent() refuses ${name}`, () => {
    assertEquals<unknown>(parseEvent(input), { event: null, issue });
  });
}

Deno.test("parseEvent() names the place of what is no JSON", () => {
  const data = { name: "a", properties: { call: () => 7 } };
  const { issue } = parseEvent({ ...event, data });
  assertEquals([issue?.code, issue?.path], [
    "not-json",
    "/data/properties/call",
  ]);
});

Deno.test("parseEvent() gives a frozen copy with what it doesn't know, and the user", () => {
  const user = { level: "identity", attributes: { id: "7" } };
  const input = { ...event, position: 3, user, later: [1] };
  const parsed = parseEvent(input).event;
  assertEquals<unknown>(parsed, input);
  assert(Object.isFrozen(parsed) && Object.isFrozen(parsed?.user));
});

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkEvent } from "../../../adapters/log/check_event.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { runs } from "../../support/runs.ts";

const event: NewEvent = {
  id: "a",
  time: 0,
  type: "custom",
  version: 1,
  data: { name: "signup" },
};

Deno.test("checkEvent() tells how many characters the JSON of any event has", () => {
  fc.assert(
    fc.property(
      fc.record({
        id: fc.string({ minLength: 1, unit: "grapheme" }),
        time: fc.double({ noNaN: true, noDefaultInfinity: true }),
        type: fc.string({ minLength: 1 }),
        version: fc.integer({ min: 1 }),
        data: fc.dictionary(fc.string(), fc.jsonValue()),
        user: fc.dictionary(fc.string(), fc.jsonValue()),
        tenant: fc.jsonValue(),
      }, {
        requiredKeys: ["id", "time", "type", "version", "data"],
        noNullPrototype: true,
      }),
      (event) => {
        const { size } = checkEvent(event as unknown as NewEvent, 0);
        assertEquals(size, JSON.stringify(event).length);
      },
    ),
    runs(200),
  );
});

Deno.test("checkEvent() refuses another field of which no JSON can be made", () => {
  const odd = { ...event, tenant: 1n } as unknown as NewEvent;
  assertThrows(() => checkEvent(odd, 3), TypeError, "events[3]");
});

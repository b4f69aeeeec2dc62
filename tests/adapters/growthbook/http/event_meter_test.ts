import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createEventMeter } from "../../../../adapters/growthbook/http/event_meter.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("createEventMeter() stops an event of many short lines soon", () => {
  const isTooLarge = createEventMeter(1_000_000);
  let characters = 0;
  while (!isTooLarge("data:\n".repeat(100))) characters += 600;
  assertEquals(characters < 100_000, true);
});

Deno.test("createEventMeter() stops a line that does not end", () => {
  const isTooLarge = createEventMeter(1_000);
  assertEquals([isTooLarge("x".repeat(1_000)), isTooLarge("x")], [false, true]);
});

Deno.test("createEventMeter() begins anew with each event, however lines end", () => {
  for (const end of ["\n", "\r", "\r\n"]) {
    const isTooLarge = createEventMeter(1_000);
    const event = `event: features${end}data: ${"x".repeat(500)}${end}${end}`;
    for (let count = 0; count < 100; count++) {
      assertEquals(isTooLarge(event), false);
    }
  }
});

Deno.test("createEventMeter() takes no cut line end for the end of an event", () => {
  const isTooLarge = createEventMeter(10_000);
  let isStopped = false;
  for (let count = 0; count < 1_000 && !isStopped; count++) {
    isStopped = isTooLarge("data:\r") || isTooLarge("\n");
  }
  assertEquals(isStopped, true);
});

Deno.test("createEventMeter() measures the same wherever a stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("data: x", "\n", "\r", "\r\n", "y".repeat(90))),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (parts, sizes) => {
        const text = parts.join("");
        const inOne = createEventMeter(300)(text);
        const isTooLarge = createEventMeter(300);
        let isStopped = false;
        for (let start = 0; start < text.length && !isStopped;) {
          const size = sizes.next().value;
          isStopped = isTooLarge(text.slice(start, start + size));
          start += size;
        }
        assertEquals(isStopped, inOne);
      },
    ),
    runs(200),
  );
});

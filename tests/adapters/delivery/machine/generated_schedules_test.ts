import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import {
  callbackSettings,
  type DeliverySettings,
} from "../../../../adapters/delivery/machine/delivery_settings.ts";
import type { Answer } from "../../../../adapters/delivery/machine/delivery_input.ts";
import { runs } from "../../../support/runs.ts";
import { failed, simulate, taken } from "./simulation.ts";

type Weather = "up" | "failing" | "busy" | "hanging" | "refusing" | "naming";

type Happening =
  | { readonly type: "add"; readonly count: number }
  | { readonly type: "pass"; readonly milliseconds: number }
  | { readonly type: "weather"; readonly weather: Weather }
  | { readonly type: "freeze"; readonly milliseconds: number }
  | { readonly type: "hurry" | "pause" | "resume" | "relax" }
  | { readonly type: "drop"; readonly count: number }
  | { readonly type: "lose"; readonly every: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("add" as const),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("pass" as const),
      milliseconds: fc.oneof(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 3_600_000 }),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("weather" as const),
      weather: fc.constantFrom<Weather>(
        "up",
        "failing",
        "busy",
        "hanging",
        "refusing",
        "naming",
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("freeze" as const),
      milliseconds: fc.integer({ min: 0, max: 10_000_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom(
        "hurry" as const,
        "pause" as const,
        "resume" as const,
        "relax" as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("drop" as const),
      count: fc.integer({ min: 0, max: 10 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("lose" as const),
      every: fc.integer({ min: 2, max: 5 }),
    }),
  },
);

const settings: fc.Arbitrary<DeliverySettings> = fc.record({
  slots: fc.constantFrom(1, 2, 16),
  batchSize: fc.constantFrom(1, 7, 100),
  batchCharacters: fc.constant(Infinity),
  inOrder: fc.constant(false),
  maxAttempts: fc.constantFrom(1, 3, 10),
  countsAll: fc.constant(false),
  longestCall: fc.constant(30_000),
  interval: fc.constantFrom(0, 1_000),
  gather: fc.constantFrom(0, 1_000),
});

// Every eleventh item is one that no destination ever takes.
const isBad = (item: number) => item % 11 === 7;

function respondIn(weather: () => Weather, badItems: boolean) {
  return (
    items: readonly number[],
  ): { after: number; answer: Answer<number> } | null => {
    const bad = badItems ? items.filter(isBad) : [];
    switch (weather()) {
      case "hanging":
        return null;
      case "failing":
        return { after: 3, answer: failed("retry") };
      case "busy":
        return { after: 3, answer: failed("busy", 5_000) };
      case "refusing":
        return { after: 3, answer: bad.length > 0 ? failed("split") : taken };
      case "naming":
        return {
          after: 3,
          answer: {
            type: "partly",
            refused: bad.map((item) => ({ item, message: "bad" })),
            again: items.filter((item) => item % 13 === 0),
          },
        };
      case "up":
        return { after: 3, answer: bad.length > 0 ? failed("retry") : taken };
    }
  };
}

Deno.test("advanceDelivery() has every item in one place, whatever happens, and delivers all that can be", () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 40 }),
      settings,
      fc.boolean(),
      (happenings, chosen, badItems) => {
        let weather: Weather = "up";
        let next = 0;
        const world = simulate(chosen, respondIn(() => weather, badItems));
        for (const each of happenings) {
          if (each.type === "add") {
            const items = Array.from({ length: each.count }, () => next++);
            world.give({ type: "add", items });
          } else if (each.type === "pass") world.pass(each.milliseconds);
          else if (each.type === "weather") weather = each.weather;
          else if (each.type === "freeze") world.pass(each.milliseconds);
          else if (each.type === "pause") {
            world.give({ type: "pause", reason: "application" });
          } else if (each.type === "drop") {
            world.give({ type: "drop", count: each.count });
          } else if (each.type === "lose") {
            world.give({
              type: "forget",
              isGone: (item) => item % each.every === 0,
            });
          } else world.give({ type: each.type });
        }
        // At last all is well: what is left gets where it belongs, good events to their place.
        weather = "naming";
        for (let round = 0; round < 40; round++) {
          world.give({ type: "resume" });
          world.pass(3_700_000);
        }
        weather = "refusing";
        for (let round = 0; round < 10; round++) {
          world.give({ type: "resume" });
          world.pass(3_700_000);
        }
        assertEquals(world.fates.size, next);
      },
    ),
    runs(60),
  );
});

Deno.test("advanceDelivery() parks nothing while nothing succeeds", () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 40 }),
      settings.filter(({ maxAttempts }) => maxAttempts > 1),
      (happenings, chosen) => {
        let weather: Weather = "failing";
        let next = 0;
        const world = simulate(chosen, respondIn(() => weather, false));
        for (const each of happenings) {
          if (each.type === "add") {
            const items = Array.from({ length: each.count }, () => next++);
            world.give({ type: "add", items });
          } else if (each.type === "pass") world.pass(each.milliseconds / 5);
          else if (each.type === "weather") {
            weather = each.weather === "hanging" || each.weather === "busy"
              ? each.weather
              : "failing";
          } else if (each.type === "hurry") world.give({ type: "hurry" });
          if (world.now() > 80_000_000) break;
        }
        assertEquals(world.parked, []);
        weather = "up";
        world.give({ type: "resume" });
        for (let round = 0; round < 60; round++) {
          world.pass(60_000);
        }
        assertEquals(
          [...world.fates.values()].every((fate) => fate === "delivered"),
          true,
        );
        assertEquals(world.fates.size, next);
      },
    ),
    runs(60),
  );
});

Deno.test("advanceDelivery() tries no item more often than it is told to, while others succeed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 30 }),
      (maxAttempts, count) => {
        const world = simulate(
          { ...callbackSettings, maxAttempts },
          ([item]) => ({
            after: 1,
            answer: isBad(item!) ? failed("retry") : taken,
          }),
        );
        world.give({
          type: "add",
          items: Array.from({ length: count }, (_, index) => index),
        });
        for (let round = 0; round < 8_000; round++) {
          world.give({ type: "add", items: [11 * (1_000 + round)] });
          world.pass(50);
        }
        for (let item = 0; item < count; item++) {
          const tries = world.calls.filter(({ items }) => items[0] === item);
          assert(tries.length === (isBad(item) ? maxAttempts : 1));
        }
      },
    ),
    runs(5),
  );
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readCustomData } from "../../../../../adapters/client/recording/decisions/custom_data.ts";
import { parseEvent } from "../../../../../core/events/mod.ts";
import { arbitraryHostileValue } from "../../../../arbitraries/hostile_values.ts";
import { makeEvent } from "../../../../arbitraries/events.ts";
import { runs } from "../../../../support/runs.ts";
import { open } from "../../support.ts";

Deno.test("readCustomData() keeps what is JSON as it is", () => {
  const properties = { price: 9, tags: ["a"], at: { x: null } };
  assertEquals(readCustomData("bought", properties), {
    data: { name: "bought", properties },
    problem: null,
  });
});

Deno.test("readCustomData() writes what JSON has no word for, and says which that is", () => {
  const properties = {
    price: 5,
    when: new Date(0),
    rate: NaN,
    deep: { infinite: [Infinity], count: 10n },
    big: 10n,
    none: undefined,
  };
  assertEquals(readCustomData("bought", properties), {
    data: {
      name: "bought",
      properties: {
        price: 5,
        when: "1970-01-01T00:00:00.000Z",
        rate: null,
        deep: { infinite: [null], count: "10" },
        big: "10",
      },
    },
    problem:
      'Cannot record all properties of the event "bought" as they are: not JSON is "when", "rate", "deep", "big"',
  });
});

Deno.test("readCustomData() leaves out alone what can't be written", () => {
  const ring: { self?: unknown } = {};
  ring.self = ring;
  const properties = {
    price: 5,
    ring,
    call: () => 1,
    get broken() {
      throw new Error("secret");
    },
  };
  assertEquals(readCustomData("bought", properties), {
    data: { name: "bought", properties: { price: 5 } },
    problem:
      'Cannot record all properties of the event "bought" as they are: not JSON is "ring", "call", "broken"',
  });
});

Deno.test("readCustomData() leaves out what is too deep, too large or shared without end", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level++) deep = { deep };
  let shared: unknown = [5n];
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  const huge = "x".repeat(2_000_000);
  assertEquals(
    readCustomData("bought", { deep, price: 5, shared, huge }),
    {
      data: { name: "bought", properties: { price: 5 } },
      problem:
        'Cannot record all properties of the event "bought" as they are: not JSON is "deep", "shared", "huge"',
    },
  );
});

Deno.test("readCustomData() names ten properties at most", () => {
  const names = Array.from({ length: 500 }, (_, index) => `p${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, 5n]));
  const { problem } = readCustomData("bought", properties);
  assert(problem?.endsWith('"p9", and 490 more'));
});

Deno.test("readCustomData() records a name without properties where those are no object", () => {
  for (const properties of [5, "text", null, [1]]) {
    assertEquals(readCustomData("bought", properties), {
      data: { name: "bought", properties: {} },
      problem:
        'Cannot record the properties of the event "bought": they are no object that can be read',
    });
  }
});

Deno.test("readCustomData() has nothing to record without a name", () => {
  assertEquals(readCustomData(null, {}), {
    data: null,
    problem: "Cannot record an event: the current name is null",
  });
  assertEquals(readCustomData(5, {}), {
    data: null,
    problem: "Cannot record an event: the current name is of type number",
  });
});

Deno.test("readCustomData() gives nothing that can't be read back, and never throws", () => {
  fc.assert(
    fc.property(
      arbitraryHostileValue,
      fc.dictionary(fc.string(), arbitraryHostileValue),
      fc.boolean(),
      (value, properties, isNamed) => {
        const name = isNamed ? "bought" : value;
        for (const given of [value, properties]) {
          const { data, problem } = readCustomData(name, given);
          if (data === null) {
            assertEquals(typeof problem, "string");
            continue;
          }
          const text = jsonText(data);
          // Too deep for a text, or for the next one: the log refuses it, and counts that.
          if (text === null || text.length > 100_000) continue;
          const { event, issue } = parseEvent(
            makeEvent(1, 0, "custom", JSON.parse(text)),
          );
          assertEquals(issue, null);
          assert(JSON.stringify(event?.data) === text);
        }
      },
    ),
    runs(300),
  );
});

function jsonText(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

Deno.test("logEvent() tells onError what is not recorded as it was given", async () => {
  const { client, events, errors } = open();
  client.logEvent("bought", { price: 5, rate: NaN });
  client.logEvent(null as never);
  const custom = events.filter(({ type }) => type === "custom");
  assertEquals(custom.map(({ data }) => data), [
    { name: "bought", properties: { price: 5, rate: null } },
  ]);
  assertEquals(errors.map((error) => (error as Error).message), [
    'Cannot record all properties of the event "bought" as they are: not JSON is "rate"',
    "Cannot record an event: the current name is null",
  ]);
  await client.close();
});

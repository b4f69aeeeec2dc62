import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readCustomData as read } from "../../../../../adapters/client/recording/decisions/custom_data.ts";
import { parseEvent } from "../../../../../core/events/mod.ts";
import { arbitraryHostileValue } from "../../../../arbitraries/hostile/hostile_values.ts";
import { makeEvent } from "../../../../arbitraries/records/events.ts";
import { runs } from "../../../../support/runs.ts";
import { open } from "../../support.ts";

/** What is read of a name and properties, and what is told of them. */
function readCustomData(name: unknown, properties: unknown) {
  const told: string[] = [];
  const data = read(name, properties, (message) => void told.push(message));
  return { data, told };
}

Deno.test("readCustomData() keeps what is JSON as it is", () => {
  const properties = { price: 9, tags: ["a"], at: { x: null } };
  assertEquals(readCustomData("bought", properties), {
    data: { name: "bought", properties },
    told: [],
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
    told: [
      'Cannot use the event "bought".when as it is: it is no plain object',
      'Cannot use the event "bought".rate as it is: it is NaN',
      'Cannot use the event "bought".deep as it is: it is Infinity',
      'Cannot use the event "bought".big as it is: it is a bigint',
    ],
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
    told: [
      'Cannot use the event "bought".ring: it is in itself',
      'Cannot use the event "bought".call: it is of type function',
      'Cannot use the event "bought".broken: reading it throws',
    ],
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
      told: [
        'Cannot use the event "bought".deep: it is too deep',
        'Cannot use the event "bought".shared: it is too large',
        'Cannot use the event "bought".huge: it is too large',
      ],
    },
  );
});

Deno.test("readCustomData() records a name without properties where those are no object", () => {
  const kinds = ["of type number", "of type string", "null", "an array"];
  for (const [index, properties] of [5, "text", null, [1]].entries()) {
    assertEquals(readCustomData("bought", properties), {
      data: { name: "bought", properties: {} },
      told: [
        `Cannot use the event "bought": a plain object is needed, and the current value is ${
          kinds[index]
        }`,
      ],
    });
  }
});

Deno.test("readCustomData() has nothing to record without a name", () => {
  assertEquals(readCustomData(null, {}), {
    data: null,
    told: ["Cannot record an event: the current name is null"],
  });
  assertEquals(readCustomData(5, {}), {
    data: null,
    told: ["Cannot record an event: the current name is of type number"],
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
          const { data, told } = readCustomData(name, given);
          if (data === null) {
            assertEquals(told.length, 1);
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
    'Cannot use the event "bought".rate as it is: it is NaN',
    "Cannot record an event: the current name is null",
  ]);
  await client.close();
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readAttributes } from "../../../../adapters/openfeature/mapping/read_attributes.ts";
import { readDetails } from "../../../../adapters/openfeature/mapping/read_details.ts";
import { arbitraryHostileValue } from "../../../arbitraries/hostile/hostile_values.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("readAttributes() reads dates at any depth, and drops what is no JSON", () => {
  const date = new Date("2026-01-01");
  const text = "2026-01-01T00:00:00.000Z";
  const ring: { self?: unknown } = {};
  ring.self = ring;
  const { attributes, dropped } = readAttributes({
    date,
    list: [date, { date }],
    invalid: new Date(NaN),
    call: () => {},
    ring,
  }, "id");
  assertEquals(attributes, {
    date: text,
    list: [text, { date: text }],
    invalid: null,
  });
  assertEquals(dropped, ["call", "ring"]);
});

Deno.test("readAttributes() names ten properties that it drops, at most", () => {
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`call${index}`, () => {}]),
  );
  assertEquals(readAttributes(many, "id").dropped.length, 10);
});

Deno.test("readAttributes() takes __proto__ for a name like any other", () => {
  const context = JSON.parse('{"__proto__":{"vip":true}}');
  const { attributes } = readAttributes(context, "id");
  assertEquals(Object.hasOwn(attributes, "__proto__"), true);
  assertEquals(attributes["vip"], undefined);
});

Deno.test("readAttributes() and readDetails() give JSON whatever they are given", () => {
  fc.assert(
    fc.property(arbitraryHostileValue, (value) => {
      const read = [
        readAttributes({ value, targetingKey: value }, "id").attributes,
        readAttributes(value, "id").attributes,
        readDetails({ value }),
        readDetails(value),
      ];
      for (const each of read) assert(typeof JSON.stringify(each) === "string");
    }),
    runs(300),
  );
});

Deno.test("readAttributes() takes the targetingKey where the identifier identifies no user", () => {
  for (const none of [0, false, "", null]) {
    const { attributes } = readAttributes(
      { id: none, targetingKey: "7" },
      "id",
    );
    assertEquals(attributes, { id: "7" });
  }
});

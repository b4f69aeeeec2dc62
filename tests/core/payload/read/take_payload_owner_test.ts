import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parsePayload } from "../../../../core/payload/read/parse_payload.ts";
import {
  closePayload,
  takePayload,
} from "../../../../core/payload/read/take_payload.ts";
import { finish } from "../../../../core/support/finish.ts";
import { runs } from "../../../support/runs.ts";

/** Reads a text whose value no other code holds, so that it needs no copy. */
function adopt(text: string) {
  return closePayload(
    finish(takePayload(JSON.parse(text), { isOwner: true })),
  );
}

/** Reads a text in the two ways. */
function both(text: string) {
  return [adopt(text), parsePayload(JSON.parse(text))] as const;
}

Deno.test("takePayload() as the owner takes what parsePayload() takes", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (json) => {
      for (const text of [json, `{"features":{"a":${json},"b":{}}}`]) {
        const [adopted, parsed] = both(text);
        assertEquals(adopted, parsed);
      }
    }),
    runs(300),
  );
});

Deno.test("takePayload() as the owner refuses numbers that are too large to be JSON", () => {
  const [adopted, parsed] = both(
    '{"features":{"a":{"defaultValue":{"b":[1,1e999]}},"c":{}}}',
  );
  assertEquals(adopted, parsed);
  assertEquals(Object.keys(adopted.payload.features), ["c"]);
});

Deno.test("takePayload() as the owner keeps what nests deeply", () => {
  const deep = "[".repeat(5_000) + "]".repeat(5_000);
  const { issues } = adopt(`{"features":{"a":{"defaultValue":${deep}}}}`);
  assertEquals(issues, []);
});

Deno.test("takePayload() as the owner freezes everything, own properties called __proto__ included", () => {
  const { payload } = adopt(
    '{"features":{"a":{"defaultValue":{"__proto__":{"b":[1]}}}}}',
  );
  const value = payload.features["a"]!.defaultValue as object;
  const [own] = Object.values(value);
  assert(Object.isFrozen(value) && Object.isFrozen(own));
});

Deno.test("takePayload() as the owner reads a definition at a step", () => {
  const text = JSON.stringify({ features: { a: {}, b: {}, c: {} } });
  const steps = takePayload(JSON.parse(text), { isOwner: true });
  let count = 0;
  while (!steps.next().done) count++;
  assertEquals(count, 3);
});

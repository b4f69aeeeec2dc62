import { assertEquals, assertStrictEquals } from "@std/assert";
import { readAnswer } from "../../../adapters/growthbook/read_answer.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";

const reader = {
  decryptionKey: undefined,
  clock: systemClock,
  time: systemClock.now,
};

function answer(version: number): string {
  const features = { version: { defaultValue: version }, other: {} };
  return JSON.stringify({ status: 200, features });
}

async function read(body: string, previous?: Parameters<typeof readAnswer>[2]) {
  const found = await readAnswer(body, reader, previous);
  if ("cause" in found) throw new Error(found.cause);
  return found.payload;
}

Deno.test("readAnswer() keeps the identity of definitions that are the same", async () => {
  const before = await read(answer(1));
  const after = await read(answer(2), before);
  assertStrictEquals(after.features["other"], before.features["other"]);
  assertEquals(after.features["version"], { defaultValue: 2 });
  assertStrictEquals(await read(answer(1), before), before);
});

Deno.test("readAnswer() tells what is no answer, and why", async () => {
  const causes = [];
  for (
    const body of [
      "{",
      "null",
      "{}",
      '{"dark":{"defaultValue":true}}',
      '{"features":{"defaultValue":true}}',
      '{"features":{"defaultValue":{"defaultValue":true}}}',
    ]
  ) {
    causes.push(await readAnswer(body, reader));
  }
  assertEquals(
    causes.map((found) => {
      if (!("cause" in found)) return "read";
      return found.cause === "refused" ? found.fatal.code : found.cause;
    }),
    [
      "not-json",
      "not-a-payload",
      "not-a-payload",
      "not-a-payload",
      "not-a-payload",
      "read",
    ],
  );
});

import { assertEquals, assertRejects } from "@std/assert";
import { beginCall } from "../../../../../adapters/client/recording/consumers/begin_call.ts";
import type { Entry } from "../../../../../adapters/client/recording/entry.ts";

const entry = {} as Entry;

Deno.test("beginCall() gives nothing of a call that takes its exposure", () => {
  const calls: unknown[] = [];
  const call = beginCall((entry, { attempt }) => {
    calls.push([entry, attempt]);
    return "anything";
  }, entry);
  assertEquals([call, calls], [null, [[entry, 1]]]);
});

Deno.test("beginCall() gives a call without an answer", async () => {
  assertEquals(await beginCall(() => Promise.resolve(7), entry)?.answer, 7);
});

Deno.test("beginCall() gives a call that failed, with what it threw", async () => {
  const call = beginCall(() => {
    throw new Error("broken");
  }, entry);
  await assertRejects(() => call!.answer, Error, "broken");
});

Deno.test("beginCall() gives what aborts the signal of the call", () => {
  const told: string[] = [];
  const call = beginCall((_, { signal }) => {
    signal().addEventListener("abort", () => told.push("aborted"));
    return new Promise(() => {});
  }, entry);
  assertEquals(told, []);
  call?.abort();
  assertEquals(told, ["aborted"]);
});

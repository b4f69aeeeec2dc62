import { assertEquals } from "@std/assert";
import { includes } from "../../../adapters/delivery/includes.ts";
import type { SinkEvent } from "../../../adapters/delivery/sink.ts";

const event = { type: "custom" } as unknown as SinkEvent;

function wants(include?: unknown) {
  const errors: string[] = [];
  const isWanted = includes(
    { name: "warehouse", types: [], include } as never,
    event,
    (error) => errors.push(String(error)),
  );
  return [isWanted, ...errors];
}

Deno.test("includes() takes true alone for yes, and all without a function", () => {
  assertEquals(wants(), [true]);
  assertEquals(wants(() => true), [true]);
  assertEquals(wants(() => 1), [false]);
});

Deno.test("includes() reports what throws, and promises, whose rejection would end the process", () => {
  const fail = () => {
    throw new Error("No");
  };
  assertEquals(wants(fail), [false, "Error: No"]);
  assertEquals(wants(() => Promise.reject(new Error("Late"))), [
    false,
    "TypeError: Cannot use what include gave: it has to answer at once, and the current value is a promise",
  ]);
});

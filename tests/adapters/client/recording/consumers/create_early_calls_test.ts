import { assertEquals, assertThrows } from "@std/assert";
import type { ClientItem } from "../../../../../adapters/client/recording/consumers/client_item.ts";
import { createEarlyCalls } from "../../../../../adapters/client/recording/consumers/create_early_calls.ts";

/** Makes early calls, and keeps what is told of them. */
function openCalls() {
  const begun = new Set<ClientItem>();
  const told: string[] = [];
  const make = createEarlyCalls(begun, {
    onTaken: () => told.push("taken"),
    onOpen: () => told.push("open"),
    onFailed: () => told.push("failed"),
  });
  return { begun, told, make, item: { begun: null } as ClientItem };
}

Deno.test("createEarlyCalls() keeps nothing of a call that takes its item", () => {
  const { begun, told, make, item } = openCalls();
  make(() => {}, item);
  assertEquals([begun.size, item.begun, told], [0, null, ["taken"]]);
});

Deno.test("createEarlyCalls() keeps a call without an answer until it has one", async () => {
  const { begun, told, make, item } = openCalls();
  const answer = Promise.withResolvers<void>();
  make(() => answer.promise, item);
  assertEquals([begun.has(item), told], [true, ["open"]]);
  answer.resolve();
  await item.begun?.outcome();
  assertEquals([begun.size, item.begun], [0, null]);
  assertEquals(told, ["open", "taken", "open"]);
});

Deno.test("createEarlyCalls() keeps a call that failed, with what it threw", async () => {
  const { begun, told, make, item } = openCalls();
  make(() => {
    throw new Error("broken");
  }, item);
  assertThrows(() => item.begun!.outcome(), Error, "broken");
  make(() => Promise.reject(new Error("later")), item);
  await Promise.resolve(item.begun!.outcome()).catch(() => {});
  assertEquals([begun.has(item), told], [true, ["failed", "open", "failed"]]);
});

Deno.test("createEarlyCalls() hears of no answer to a call that was taken away", async () => {
  const { begun, told, make, item } = openCalls();
  const answer = Promise.withResolvers<void>();
  make((_, { signal }) => {
    signal().addEventListener("abort", () => told.push("aborted"));
    return answer.promise;
  }, item);
  const { outcome, abort } = item.begun!;
  begun.clear();
  answer.resolve();
  await outcome();
  abort();
  assertEquals([told, item.begun?.abort], [["open", "aborted"], abort]);
});

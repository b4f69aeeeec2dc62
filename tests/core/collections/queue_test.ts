import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import type { Owned } from "../../../core/collections/owned.ts";
import {
  dequeue,
  emptyQueue,
  enqueue,
  firstOf,
  listItems,
  packQueue,
  type Queue,
} from "../../../core/collections/queue.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { testLaw } from "../../support/test_law.ts";

const thousand = Array.from({ length: 1000 }, (_, index) => index);

function queueOf(items: readonly number[]): Queue<number> {
  return items.reduce<Queue<number>>(
    (queue, item) => enqueue(queue, item),
    emptyQueue,
  );
}

Deno.test("firstOf() finds nothing in the empty queue", () => {
  assertEquals(firstOf(emptyQueue), undefined);
});

Deno.test("dequeue() returns the empty queue itself", () => {
  assertStrictEquals(dequeue(emptyQueue), emptyQueue);
});

Deno.test("listItems() gives what is left, oldest first", () => {
  let queue = queueOf(thousand);
  for (let index = 0; index < 300; index++) queue = dequeue(queue);
  assertEquals([...listItems(queue)], thousand.slice(300));
});

Deno.test("packQueue() puts the rows in the middle in writing", () => {
  const { rows } = packQueue(queueOf(thousand));
  assertEquals(rows.map((row) => typeof row), [
    "object",
    "string",
    "string",
    "object",
  ]);
});

Deno.test("dequeue() reads a row once it is the first", () => {
  let queue = packQueue(queueOf(thousand));
  for (const item of thousand) {
    assertEquals(firstOf(queue), item);
    queue = dequeue(queue);
    assert(typeof queue.rows[0] !== "string");
  }
  assertEquals(queue, emptyQueue);
});

testLaw(
  "a queue does what a list does: one by one, in batches, and packed in between",
  200,
  [
    fc.nat(900),
    fc.array(
      fc.tuple(
        fc.constantFrom("enqueue", "dequeue", "pack"),
        fc.nat(600),
        fc.boolean(),
      ),
      { maxLength: 8 },
    ),
  ],
  (start, runs) => {
    const model = thousand.slice(0, start);
    let queue = queueOf(model);
    for (const [kind, times, isBatch] of runs) {
      deepFreeze(queue);
      if (kind === "pack") queue = JSON.parse(JSON.stringify(packQueue(queue)));
      const owned: Owned | null = isBatch ? new Set() : null;
      for (let time = 0; kind !== "pack" && time < times; time++) {
        if (kind === "enqueue") {
          model.push(time);
          queue = enqueue(queue, time, owned);
        } else {
          model.shift();
          queue = dequeue(queue, owned);
        }
      }
      assertEquals(firstOf(queue), model[0]);
    }
    assertEquals([...listItems(queue)], model);
  },
);

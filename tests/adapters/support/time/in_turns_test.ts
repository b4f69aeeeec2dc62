import { assertEquals } from "@std/assert";
import { inTurns } from "../../../../adapters/support/time/in_turns.ts";

/** Steps that take a millisecond each. */
function work(count: number) {
  let now = 0;
  let waits = 0;
  function* steps(): Generator<void, string> {
    for (let step = 0; step < count; step++) {
      now++;
      yield;
    }
    return "done";
  }
  return {
    steps: steps(),
    waits: () => waits,
    turns: {
      time: () => now,
      isOver: () => false,
      clock: {
        setTimer: (callback: () => void) => {
          waits++;
          queueMicrotask(callback);
          return () => {};
        },
      },
    },
  };
}

Deno.test("inTurns() does what is short at once", async () => {
  const { steps, turns, waits } = work(31);
  assertEquals([await inTurns(steps, turns), waits()], ["done", 0]);
});

Deno.test("inTurns() lets others have their turn", async () => {
  const { steps, turns, waits } = work(320);
  assertEquals([await inTurns(steps, turns), waits()], ["done", 10]);
});

Deno.test("inTurns() stops where nobody wants the result any more", async () => {
  const { steps, turns, waits } = work(320);
  const result = await inTurns(steps, {
    ...turns,
    isOver: () => waits() === 2,
  });
  assertEquals([result, waits()], [null, 2]);
});

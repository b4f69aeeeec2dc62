import { assert, assertEquals } from "@std/assert";
import { inPool } from "../../../tools/gate/in_pool.ts";

Deno.test("inPool() begins tasks in their order, and no more at once than it may", async () => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  await inPool(
    3,
    Array.from({ length: 10 }, (_, index) => async () => {
      begun.push(index);
      most = Math.max(most, ++running);
      // The first takes as long as all others together.
      for (let turn = index === 0 ? 30 : 3; turn > 0; turn--) {
        await Promise.resolve();
      }
      running--;
    }),
  );
  assertEquals(begun, begun.toSorted((left, right) => left - right));
  assertEquals(begun.length, 10);
  assertEquals(running, 0);
  assertEquals(most, 3);
});

Deno.test("inPool() ends where there is less to do than it may do at once, or nothing", async () => {
  let isDone = false;
  await inPool(8, [() => {
    isDone = true;
    return Promise.resolve();
  }]);
  assert(isDone);
  await inPool(8, []);
});

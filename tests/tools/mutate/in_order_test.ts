import { assertEquals, assertRejects } from "@std/assert";
import { inOrder } from "../../../tools/mutate/in_order.ts";

Deno.test("inOrder() tells of results in the order of the items", async () => {
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  await inOrder(["one", "two"], ["a", "b", "c"], async (_, item) => {
    // The first item ends last.
    if (item === "a") await first.promise;
    if (item === "c") first.resolve();
    return item.toUpperCase();
  }, (item, result) => told.push(item + result));
  assertEquals(told, ["aA", "bB", "cC"]);
});

Deno.test("inOrder() gives a worker one item at a time", async () => {
  const busy = new Set<string>();
  await inOrder(["one", "two"], ["a", "b", "c", "d"], async (worker) => {
    assertEquals(busy.has(worker), false);
    busy.add(worker);
    await Promise.resolve();
    busy.delete(worker);
  }, () => {});
});

Deno.test("inOrder() throws what a task throws, after the others have ended", async () => {
  const ended: string[] = [];
  await assertRejects(
    () =>
      inOrder(["one", "two"], ["a", "b"], async (_, item) => {
        if (item === "a") throw new RangeError("no");
        await Promise.resolve();
        ended.push(item);
      }, () => {}),
    RangeError,
    "no",
  );
  assertEquals(ended, ["b"]);
});

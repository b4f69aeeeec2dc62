import { assertEquals } from "@std/assert";
import {
  addMark,
  emptyMemory,
  findMark,
} from "../../../../adapters/sqlite/marks/mark_memory.ts";

const key = { user: 1, shown: 2 };
const ages = (now: number) => ({ now, exposureAge: 100 });

Deno.test("findMark() finds a mark as long as it holds", () => {
  const memory = emptyMemory(10);
  addMark(memory, key, 7, ages(0));
  assertEquals(findMark(memory, key, ages(99)), 7);
  assertEquals(findMark(memory, key, ages(100)), null);
  assertEquals(findMark(memory, { ...key, shown: 3 }, ages(0)), null);
});

Deno.test("findMark() moves a mark from the future to now", () => {
  const memory = emptyMemory(10);
  addMark(memory, key, 7, ages(5_000));
  assertEquals(memory.isMoved, false);
  assertEquals(findMark(memory, key, ages(10)), 7);
  assertEquals([memory.isMoved, memory.columns.length()], [true, 2]);
  assertEquals(findMark(memory, key, ages(110)), null);
});

Deno.test("addMark() notes when the last of those that no table has is over", () => {
  const memory = emptyMemory(10);
  addMark(memory, key, 7, ages(50));
  addMark(memory, { ...key, user: 3 }, 8, ages(20));
  assertEquals([memory.until, memory.segments.behind()], [150, 2]);
});

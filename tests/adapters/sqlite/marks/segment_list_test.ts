import { assertEquals } from "@std/assert";
import {
  createSegmentList,
  type Segment,
} from "../../../../adapters/sqlite/marks/segment_list.ts";

/** A list of rows with so many marks, the first of which is over after 1, the next after 2. */
function listOf(...counts: readonly number[]) {
  const list = createSegmentList();
  for (const [index, count] of counts.entries()) {
    const id = index + 1;
    list.push({ id, replaces: id, count, until: id });
  }
  return list;
}

function ids(segments: readonly Segment[]): readonly number[] {
  return segments.map(({ id }) => id);
}

Deno.test("createSegmentList() counts the marks of its rows, and knows the newest that ever was there", () => {
  const list = listOf(30, 20);
  assertEquals([list.count(), list.newest()], [50, 2]);
  list.takeFrom(1);
  assertEquals([list.count(), list.newest()], [0, 2]);
  list.note(9);
  list.note(4);
  assertEquals(list.newest(), 9);
});

Deno.test("createSegmentList() takes rows from a number on, and before one", () => {
  const list = listOf(30, 20, 10, 5);
  list.takeFrom(4);
  assertEquals(list.takeBefore(2), 30);
  assertEquals([ids(list.all()), list.count()], [[2, 3], 30]);
  assertEquals(list.takeBefore(9), 30);
  assertEquals(list.all(), []);
});

Deno.test("createSegmentList() joins the newest rows with what comes after them, unless that is less", () => {
  assertEquals(ids(listOf(30, 20, 10).takeSmaller(10, 100)), [1, 2, 3]);
  assertEquals(ids(listOf(30, 20, 10).takeSmaller(9, 100)), []);
  assertEquals(ids(listOf(30, 9, 10).takeSmaller(10, 100)), [2, 3]);
});

Deno.test("createSegmentList() joins no more marks than a row may have", () => {
  assertEquals(ids(listOf(30, 20, 10).takeSmaller(10, 69)), [2, 3]);
  assertEquals(ids(listOf(30, 20, 10).takeSmaller(10, 0.5)), []);
});

Deno.test("createSegmentList() takes old rows that are over, or too many", () => {
  const list = listOf(30, 20, 10);
  assertEquals(list.takeOld(0, 60), { through: 0, marks: 0 });
  assertEquals(list.takeOld(1, Infinity), { through: 1, marks: 30 });
  assertEquals(list.takeOld(0, 29), { through: 2, marks: 20 });
  assertEquals(list.takeOld(0, 0), { through: 3, marks: 10 });
  assertEquals([list.count(), list.newest()], [0, 3]);
});

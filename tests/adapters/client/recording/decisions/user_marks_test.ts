import { assertEquals } from "@std/assert";
import {
  addMark,
  findMark,
  isOf,
  type Mark,
  removeMarks,
} from "../../../../../adapters/client/recording/decisions/user_marks.ts";

function shown(index: number) {
  const phase = index % 2 === 0 ? undefined : "1";
  return {
    attribute: "id",
    experiment: `exp-${index >> 1}`,
    phase,
    variation: 0,
  };
}

/** The marks of a user who was shown so many things, at 0, 1, 2, … */
function marksOf(count: number): Mark {
  let last = addMark(undefined, shown(0), 0);
  for (let index = 1; index < count; index++) {
    last = addMark(last, shown(index), index);
  }
  return last;
}

for (const count of [1, 2, 5, 40]) {
  Deno.test(`findMark() finds each of ${count} exposures of a user, from each of them`, () => {
    let from = marksOf(count);
    for (let start = 0; start < count; start++, from = from.next) {
      for (let index = 0; index < count; index++) {
        assertEquals(findMark(from, shown(index))?.time, index);
      }
      assertEquals(findMark(from, shown(count)), null);
      assertEquals(findMark(from, { ...shown(0), variation: 1 }), null);
      assertEquals(findMark(from, { ...shown(0), attribute: "x" }), null);
    }
  });

  Deno.test(`removeMarks() leaves the others of ${count} exposures of a user`, () => {
    for (let gone = 0; gone < count; gone++) {
      const removed = (mark: Mark) => isOf(mark, shown(gone));
      const [left, number] = removeMarks(marksOf(count), removed);
      assertEquals(number, 1);
      for (let index = 0; index < count; index++) {
        const found = findMark(left ?? undefined, shown(index));
        assertEquals(found?.time, index === gone ? undefined : index);
      }
    }
    assertEquals(removeMarks(marksOf(count), () => true), [null, count]);
  });
}

Deno.test("removeMarks() takes out what is side by side, wherever it begins", () => {
  let from = marksOf(6);
  for (let start = 0; start < 6; start++) {
    const isGone = ({ time }: Mark) => time % 6 < 3;
    const [left, gone] = removeMarks(from, isGone);
    assertEquals([gone, left!.next.next.next], [3, left]);
    from = marksOf(6);
    for (let step = 0; step <= start; step++) from = from.next;
  }
});

Deno.test("findMark() finds nothing of a user who was shown nothing", () => {
  assertEquals(findMark(undefined, shown(0)), null);
});

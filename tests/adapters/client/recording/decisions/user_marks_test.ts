import { assertEquals } from "@std/assert";
import {
  addMark,
  countMarks,
  findMark,
  removeMark,
  type UserMarks,
} from "../../../../../adapters/client/recording/decisions/user_marks.ts";

function shown(index: number) {
  const phase = index % 2 === 0 ? undefined : "1";
  return { experiment: `exp-${index >> 1}`, phase, variation: 0 };
}

/** The marks of a user who was shown so many things, at 0, 1, 2, … */
function marksOf(count: number): UserMarks {
  let marks = addMark(undefined, shown(0), 0);
  for (let index = 1; index < count; index++) {
    marks = addMark(marks, shown(index), index);
  }
  return marks;
}

for (const count of [1, 5, 12, 13, 40]) {
  Deno.test(`findMark() finds each of ${count} exposures of a user`, () => {
    const marks = marksOf(count);
    assertEquals(countMarks(marks), count);
    for (let index = 0; index < count; index++) {
      assertEquals(findMark(marks, shown(index))?.time, index);
    }
    assertEquals(findMark(marks, shown(count)), null);
    assertEquals(findMark(marks, { ...shown(0), variation: 1 }), null);
  });

  Deno.test(`removeMark() leaves the others of ${count} exposures of a user`, () => {
    let marks: UserMarks | null = marksOf(count);
    for (let index = 0; index < count; index++) {
      assertEquals(countMarks(marks!), count - index);
      marks = removeMark(marks!, findMark(marks!, shown(index))!);
      assertEquals(findMark(marks ?? undefined, shown(index)), null);
    }
    assertEquals(marks, null);
  });
}

Deno.test("findMark() finds nothing of a user who was shown nothing", () => {
  assertEquals(findMark(undefined, shown(0)), null);
});

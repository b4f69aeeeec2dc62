import { assertEquals } from "@std/assert";
import { createUnreadPositions } from "../../../../../../adapters/client/recording/store/lanes/unread_positions.ts";

function listOf(...positions: readonly number[]) {
  const unread = createUnreadPositions();
  positions.forEach(unread.add);
  return unread;
}

Deno.test("createUnreadPositions() takes what was passed over for lost, and tells it once", () => {
  const unread = listOf(3, 5, 6, 9);
  unread.pass(2, false);
  unread.pass(3, false);
  assertEquals([unread.size(), unread.takeGone()], [3, {
    lost: 0,
    erased: 0,
  }]);
  unread.pass(7, false);
  assertEquals([unread.size(), unread.takeGone()], [1, {
    lost: 2,
    erased: 0,
  }]);
  assertEquals(unread.takeGone(), { lost: 0, erased: 0 });
  unread.add(12);
  unread.end();
  assertEquals([unread.size(), unread.takeGone()], [0, {
    lost: 2,
    erased: 0,
  }]);
});

Deno.test("createUnreadPositions() tells what was erased from what was lost", () => {
  const unread = listOf(3, 5, 6);
  unread.pass(4, true);
  unread.pass(5, true);
  unread.pass(6, false);
  assertEquals(unread.takeGone(), { lost: 1, erased: 1 });
  assertEquals(unread.size(), 0);
});

Deno.test("createUnreadPositions() knows of many positions how many are left", () => {
  const unread = createUnreadPositions();
  for (let position = 1; position <= 1_000; position++) {
    unread.add(2 * position);
    if (position % 2 === 0) unread.pass(position, false);
  }
  assertEquals(unread.size(), 500);
  assertEquals(unread.takeGone(), { lost: 0, erased: 0 });
  unread.pass(1_998, false);
  assertEquals([unread.size(), unread.takeGone()], [1, {
    lost: 498,
    erased: 0,
  }]);
});

import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  moveIn,
  newDisk,
  seePosition,
  waitLonger,
} from "../../../../adapters/sqlite/durable/disk_state.ts";

const closed = [
  {
    key: { name: "reports" },
    owner: "first",
    checkpoint: { position: 7, unsettled: [] },
  },
];

Deno.test("seePosition() keeps the last position, in whatever order they are seen", () => {
  const state = [3, 9, 4].reduce(seePosition, newDisk);
  assertEquals(state.last, 9);
  assertStrictEquals(seePosition(state, 9), state);
});

Deno.test("waitLonger() doubles the wait up to 30 s", () => {
  const delays: number[] = [];
  for (let state = newDisk; delays.length < 7; state = waitLonger(state)) {
    delays.push(state.delay);
  }
  assertEquals(delays, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

Deno.test("moveIn() counts nothing where the events kept their positions", () => {
  const failing = waitLonger({ ...newDisk, last: 5 });
  const moved = { last: 8, isTrue: true, closed: [] };
  assertEquals(moveIn(failing, moved), { ...newDisk, last: 8 });
});

Deno.test("moveIn() counts a move, and keeps its keys until the next one", () => {
  const moved = moveIn(newDisk, { last: 8, isTrue: false, closed });
  assertEquals(moved, { ...newDisk, last: 8, moves: 1, closed });
  const healed = moveIn(moved, { last: 12, isTrue: true, closed: [] });
  assertEquals(healed, { ...moved, last: 12 });
});

Deno.test("moveIn() goes back to a last position that is before what was seen", () => {
  const moved = { last: 2, isTrue: false, closed: [] };
  assertEquals(moveIn({ ...newDisk, last: 5 }, moved).last, 2);
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createMarkColumns } from "../../../../adapters/sqlite/marks/mark_columns.ts";
import { runs } from "../../../support/runs.ts";

interface Mark {
  readonly user: number;
  readonly shown: number;
  readonly position: number;
  readonly time: number;
}

const anyShown = [0, 1, 2 ** 32, 2 ** 52 - 1];

// Some of them begin in the same slot of a table, so that they meet.
function userOf(index: number): number {
  return (index % 5) * 2 ** 32 + index - index % 5;
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        add: fc.nat(400),
        shown: fc.constantFrom(...anyShown),
        repeat: fc.nat(300),
      }),
    },
    { weight: 1, arbitrary: fc.record({ remove: fc.nat(400) }) },
    { weight: 1, arbitrary: fc.record({ truncate: fc.nat(2000) }) },
    { weight: 1, arbitrary: fc.record({ drop: fc.nat(1000) }) },
  ),
  { maxLength: 40 },
);

Deno.test("createMarkColumns() finds the newest mark of each key, and reads what it wrote", () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const columns = createMarkColumns();
      let model: (Mark | null)[] = [];
      let position = 0;
      for (const step of steps) {
        if ("add" in step) {
          for (let count = 0; count <= step.repeat; count++) {
            const key = { user: userOf(step.add + count), shown: step.shown };
            const time = position / 3;
            model.push({ ...key, position: ++position, time });
            columns.add(key, position, time);
          }
        } else if ("remove" in step) {
          const user = userOf(step.remove);
          columns.remove(user, (index) => index % 2 === 0);
          model = model.map((mark, index) =>
            mark?.user === user && index % 2 === 0 ? null : mark
          );
        } else if ("truncate" in step) {
          columns.truncate(step.truncate);
          model = model.slice(0, step.truncate);
        } else {
          const count = Math.min(step.drop, model.length);
          columns.drop(count);
          model = model.slice(count);
        }
        assertEquals(columns.length(), model.length);
      }
      const kept = model.filter((mark) => mark !== null);
      const bytes = columns.write(0, columns.length());
      const copy = createMarkColumns();
      copy.read(bytes);
      assertEquals(copy.length(), kept.length);
      const newest = new Map(
        kept.map((mark) => [`${mark.user} ${mark.shown}`, mark]),
      );
      for (let index = 0; index <= 700; index++) {
        for (const shown of anyShown) {
          const key = { user: userOf(index), shown };
          const mark = newest.get(`${key.user} ${shown}`);
          for (const each of [columns, copy]) {
            const found = each.find(key);
            assertEquals(found < 0, mark === undefined);
            if (mark === undefined) continue;
            assertEquals(each.positionAt(found), mark.position);
            assertEquals(each.timeAt(found), mark.time);
          }
        }
      }
    }),
    runs(30),
  );
});

Deno.test("createMarkColumns() writes the same bytes on every machine", () => {
  const columns = createMarkColumns();
  columns.add({ user: 2, shown: 258 }, 1, 0.5);
  const bytes = columns.write(0, 1);
  assertEquals(
    [...bytes],
    [
      ...[0, 0, 0, 0, 0, 0, 0, 0x40],
      ...[0, 0, 0, 0, 0, 0x20, 0x70, 0x40],
      ...[0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
      ...[0, 0, 0, 0, 0, 0, 0xe0, 0x3f],
    ],
  );
});

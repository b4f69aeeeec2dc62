import { assertEquals } from "@std/assert";
import type { Connection } from "../../../../adapters/sqlite/file/connection.ts";
import { createForgetting } from "../../../../adapters/sqlite/marks/forget_marks.ts";

for (const capacity of [0, 1, 5000, 1_000_000, Infinity]) {
  Deno.test(`createForgetting() looks at all users in a round where it is for ${capacity} marks`, () => {
    const forget = createForgetting(capacity, Math.min(10_000, capacity / 10));
    const ends = new Map<number, number>();
    const looked = { run: (from: number, to: number) => ends.set(from, to) };
    const statements = {
      forgetOldMarks: looked,
      forgetMarks: looked,
    } as unknown as Connection["statements"];
    for (let call = 0; call < 1000; call++) forget(statements, 0);
    let end = 0;
    for (let part = 0; part < ends.size; part++) end = ends.get(end) ?? NaN;
    assertEquals(end, 2 ** 52);
  });
}

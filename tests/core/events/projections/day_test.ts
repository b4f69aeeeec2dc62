import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatDay, readDay } from "../../../../core/events/projections/day.ts";
import { testLaw } from "../../../support/test_law.ts";

testLaw(
  "formatDay() writes the day as JavaScript's dates do",
  2000,
  [fc.date({ noInvalidDate: true })],
  (date) => {
    const day = formatDay(readDay(date.getTime())!);
    assertEquals(day, date.toISOString().split("T")[0]);
  },
);

Deno.test("readDay() gives null for what is no time", () => {
  assertEquals([NaN, Infinity, 8.65e15].map(readDay), [null, null, null]);
});

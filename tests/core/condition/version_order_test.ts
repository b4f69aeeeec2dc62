import { assertEquals } from "@std/assert";
import {
  compileVersionOrder,
  isInVersionOrder,
} from "../../../core/condition/version_order.ts";

/** Whether a version is below another, equal to it, or above it: -1, 0 or 1. */
function compare(one: string, other: string): number {
  const isInOrder = (...orders: readonly [boolean, boolean, boolean]) =>
    isInVersionOrder(one, compileVersionOrder(other, orders));
  if (isInOrder(true, false, false)) return -1;
  return isInOrder(false, true, false) ? 0 : 1;
}

const pairs: readonly (readonly [lesser: string, greater: string])[] = [
  ["1.2.3", "1.2.4"],
  ["1.2", "1.2.0"],
  ["1.2.3-rc", "1.2.3"],
  ["1.9", "1.10"],
  // Parts that are rarely seen in a version are compared by their code units all the same.
  ["1.2.3", "1.2.3-~5"],
  ["1.2.a,", "1.2.a"],
  ["1.2.3", "1.2.3-\u007f"],
  ["1.a", "1.a\u0000"],
  ["2", "123456"],
  // Plain versions, which are compared as numbers, with plain ones and with others.
  ["0.0.0", "0.0.1"],
  ["1.2.3", "1.2.10"],
  ["1.9.9", "2.0.0"],
  ["9.99999.99999", "10.0.0"],
  ["99999.99999.99998", "99999.99999.99999"],
  ["1.2.3-rc.1", "1.2.3"],
];

for (const [lesser, greater] of pairs) {
  const both = `${JSON.stringify(lesser)} and ${JSON.stringify(greater)}`;
  Deno.test(`isInVersionOrder() orders ${both}`, () => {
    assertEquals(compare(lesser, greater), -1);
    assertEquals(compare(greater, lesser), 1);
    assertEquals(compare(lesser, lesser), 0);
    assertEquals(compare(greater, greater), 0);
  });
}

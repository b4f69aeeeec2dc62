import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { deliveryDelay } from "../../../../adapters/support/time/backoff.ts";
import { testLaw } from "../../../support/test_law.ts";

Deno.test("deliveryDelay() doubles its limit from half a second to half a minute", () => {
  const limits = [1, 2, 3, 6, 7, 8, 5000].map((failures) =>
    deliveryDelay(failures, () => 1)
  );
  assertEquals(limits, [500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
});

testLaw(
  "deliveryDelay() always spreads the wait between nothing and its limit",
  200,
  [
    fc.integer({ min: 1 }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  ],
  (failures, share) => {
    const limit = deliveryDelay(failures, () => 1);
    assert(limit <= 30_000);
    assertEquals(deliveryDelay(failures, () => share), share * limit);
  },
);

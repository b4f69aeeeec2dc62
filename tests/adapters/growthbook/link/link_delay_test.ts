import { assertEquals } from "@std/assert";
import {
  changeDelay,
  linkDelay,
} from "../../../../adapters/growthbook/link/link_delay.ts";

Deno.test("linkDelay() doubles from one second to thirty", () => {
  assertEquals(
    [1, 2, 3, 4, 5, 6, 7, 2_000].map((failures) => linkDelay(failures, 1)),
    [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
  );
});

Deno.test("linkDelay() leaves half of the delay to chance", () => {
  assertEquals([0, 0.5, 1].map((chance) => linkDelay(2, chance)), [
    1_000,
    1_500,
    2_000,
  ]);
});

Deno.test("linkDelay() waits as long as the server asks, up to an hour", () => {
  assertEquals(
    [null, 0, 5_000, 3_600_001].map((retryAfter) =>
      linkDelay(1, 0, retryAfter)
    ),
    [500, 500, 5_000, 3_600_000],
  );
});

Deno.test("changeDelay() grows with changes that were none, up to ten seconds", () => {
  assertEquals([0, 1, 2, 3, 9].map((count) => changeDelay(count, 1)), [
    0,
    1_000,
    2_000,
    4_000,
    10_000,
  ]);
});

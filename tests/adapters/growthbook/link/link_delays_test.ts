import { assertEquals } from "@std/assert";
import {
  changeDelay,
  pollDelay,
  retryDelay,
} from "../../../../adapters/growthbook/link/link_delays.ts";

Deno.test("retryDelay() doubles from one second to thirty", () => {
  assertEquals(
    [1, 2, 3, 4, 5, 6, 7, 2_000].map((failures) => retryDelay(failures, 1)),
    [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
  );
});

Deno.test("retryDelay() leaves half of the delay to chance", () => {
  assertEquals([0, 0.5, 1].map((chance) => retryDelay(2, chance)), [
    1_000,
    1_500,
    2_000,
  ]);
});

Deno.test("retryDelay() waits as long as the server asks, up to an hour", () => {
  assertEquals(
    [null, 0, 5_000, 3_600_001].map((retryAfter) =>
      retryDelay(1, 0, retryAfter)
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

Deno.test("pollDelay() leaves a tenth of the interval to chance", () => {
  assertEquals([0, 0.5, 1].map((chance) => pollDelay(1_000, chance)), [
    900,
    950,
    1_000,
  ]);
});

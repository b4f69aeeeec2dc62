import { assertEquals } from "@std/assert";
import { noRedis } from "../../support/redis_server.ts";
import { runFleet } from "./torture/run_fleet.ts";

Deno.test({
  name:
    "a fleet of three runtimes stores each exposure once and delivers it, though pods and Redis die",
  ignore: noRedis,
  fn: async () => {
    const { figures, faults } = await runFleet({
      pods: 3,
      rounds: 4,
      size: 100,
      pace: 500,
      timeout: 300_000,
      mishaps: [
        { at: 2_000, what: "kill pod" },
        { at: 3_000, what: "kill redis", lasts: 500 },
        { at: 5_000, what: "freeze redis", lasts: 1_500 },
        { at: 8_000, what: "cut pods", lasts: 1_500 },
      ],
    });
    assertEquals(faults, []);
    assertEquals(figures["exposures"], 3 * 4 * 100 * 3);
  },
});

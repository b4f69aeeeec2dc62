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
      rounds: 3,
      size: 50,
      pace: 300,
      timeout: 600_000,
      mishaps: [
        { at: 1_500, what: "kill pod" },
        { at: 2_000, what: "kill redis", lasts: 300 },
        { at: 3_000, what: "freeze redis", lasts: 1_000 },
        { at: 4_500, what: "cut pods", lasts: 500 },
      ],
    });
    assertEquals(faults, []);
    assertEquals(figures["exposures"], 3 * 3 * 50 * 3);
  },
});

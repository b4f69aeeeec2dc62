import { assertEquals } from "@std/assert";
import type { Lane } from "../../../../../adapters/client/recording/store/begin_lane.ts";
import { createLanePages } from "../../../../../adapters/client/recording/store/lane_pages.ts";

for (let turns = 1; turns <= 10; turns++) {
  Deno.test(`lanes are read on where that is asked for ${turns} turns after they were read`, async () => {
    let reads = 0;
    const lane = {
      isOwn: false,
      ledger: { isHeld: () => true },
      reader: {
        read: async () => {
          await null;
          reads++;
        },
        isAtEnd: () => false,
      },
    } as unknown as Lane;
    const errors: unknown[] = [];
    const pages = createLanePages(
      new Set([lane]),
      (error) => errors.push(error),
    );
    pages.nudge();
    while (reads === 0) await null;
    for (let turn = 1; turn < turns; turn++) await null;
    pages.nudge();
    await new Promise((resolve) => setTimeout(resolve));
    assertEquals([reads, errors], [2, []]);
    pages.stop();
    pages.nudge();
    await pages.readOn();
    assertEquals(reads, 2);
  });
}

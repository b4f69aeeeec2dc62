import { assertEquals } from "@std/assert";
import { createUnreadPositions } from "../../../../../../adapters/client/recording/store/lanes/unread_positions.ts";
import type { Lane } from "../../../../../../adapters/client/recording/store/lanes/begin_lane.ts";
import {
  createLanePages,
  type LanePagesOptions,
} from "../../../../../../adapters/client/recording/store/lanes/lane_pages.ts";

function optionsOf(report: (error: unknown) => void): LanePagesOptions {
  const store = {
    positions: () => Promise.resolve({ first: 1, last: 20 }),
  };
  return { store, report } as Partial<LanePagesOptions> as LanePagesOptions;
}

for (let turns = 1; turns <= 10; turns++) {
  Deno.test(`lanes are read on where that is asked for ${turns} turns after they were read`, async () => {
    let reads = 0;
    const lane = {
      isOwn: false,
      consumer: { counts: {} },
      unread: createUnreadPositions(),
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
      optionsOf((error) => errors.push(error)),
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

for (const lastStored of [11, 15]) {
  const isRead = lastStored === 11;
  Deno.test(`a lane that gets no more events is given back ${isRead ? "once" : "only once"} all that was stored in it is read`, async () => {
    let isClosed = false;
    const lane = {
      isOwn: false,
      isBehind: true,
      lastStored,
      unread: createUnreadPositions(),
      consumer: {
        counts: {},
        engine: { pending: () => 0 },
        storage: { ledgers: new Set() },
      },
      ledger: {
        isHeld: () => true,
        readTo: () => 11,
        room: () => 1_000,
        close: () => {
          isClosed = true;
          return Promise.resolve();
        },
      },
      // The store may have been read before it got the last events, and answered after that.
      reader: { read: () => Promise.resolve(), isAtEnd: () => true },
    } as unknown as Lane;
    const lanes = new Set([lane]);
    await createLanePages(lanes, optionsOf(() => {})).readAll();
    assertEquals([isClosed, lanes.size, lane.isBehind], [
      isRead,
      isRead ? 0 : 1,
      !isRead,
    ]);
  });
}

import { checkPosition } from "../../log/check_position.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { ErasedUser } from "../../log/port/is_about.ts";
import { tellErasures } from "../../log/port/tell_erasures.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { Access } from "../file/create_access.ts";
import { giveBackPages } from "../file/give_back_pages.ts";
import type { Marks } from "../marks/create_marks.ts";
import type { Prune } from "./create_retention.ts";
import { eraseEvents, eraseTraces, type Erasing } from "./erase_user.ts";

/** What {@linkcode removalOperations} needs. */
export interface RemovalSetting {
  readonly access: Access;
  /** The marks of exposures. */
  readonly marks: Marks;
  /** Removes the events up to a position, some of them at a time. */
  readonly prune: Prune;
  /** Tells the time. */
  readonly clock: Pick<Clock, "now">;
}

/** The operations of a store that remove events. Each does a chunk at a time, so that others can write. */
export function removalOperations(
  setting: RemovalSetting,
): Required<Pick<EventStore, "prune" | "erase" | "erasures">> {
  const { access } = setting;
  return {
    prune: async (through) => {
      const total = await pruneThrough(
        checkPosition("through", through),
        setting,
      );
      // The events are gone, also where the disk can't have their room back yet.
      await giveBack(access).catch(() => {});
      return total;
    },
    ...tellErasures(async (user) => {
      const total = await eraseUser(user, setting);
      // Free pages may have the remains of what was removed earlier.
      await giveBack(access);
      return total;
    }),
  };
}

async function pruneThrough(
  end: number,
  { access: { use }, prune }: RemovalSetting,
): Promise<number> {
  for (let total = 0;;) {
    const { removed, done } = await use(
      "prune",
      (connection) => prune(connection, end, "pruned"),
    );
    total += removed;
    if (done) return total;
  }
}

async function eraseUser(
  user: ErasedUser,
  { access: { use }, marks, clock }: RemovalSetting,
): Promise<number> {
  let total = 0;
  for (let at: Erasing | null = { after: 0, less: 0 }; at !== null;) {
    const from: Erasing = at;
    const { erased, next } = await use(
      "erase",
      (connection) =>
        eraseEvents(connection, user, marks, { ...from, now: clock.now() }),
    );
    total += erased;
    at = next;
  }
  await use(
    "erase",
    (connection) => eraseTraces(connection, user, marks, clock.now()),
  );
  return total;
}

async function giveBack({ use }: Access): Promise<void> {
  while (await use("prune", (connection) => giveBackPages(connection, 0)));
  await use("prune", ({ database }) => {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  });
}

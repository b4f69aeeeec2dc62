import type {
  ConsumerState,
  EventStore,
} from "../../../log/port/event_store.ts";
import type { Clock } from "../../../support/time/clock.ts";
import { freeClosed } from "../append_to_closed.ts";
import type { ClosedKey } from "./move_consumers.ts";
import {
  createRefugeConsumers,
  type RefugeConsumers,
} from "./refuge_consumers.ts";
import { createRefugeEvents, mover } from "./refuge_events.ts";
import { createRefugeParked } from "./refuge_parked.ts";
import { createRefugeReads, shift } from "./refuge_reads.ts";
import { translateCheckpoint } from "./translate_checkpoint.ts";

/** What a durable store goes by while its disk can't. */
export interface Refuge extends Omit<EventStore, "wakeups"> {
  /** Its consumers. */
  readonly owners: Pick<RefugeConsumers, "isOwner">;
  /** How many events are held. */
  readonly held: () => Promise<number>;
  /**
   * Moves what is held to the disk. Rejects where the disk is at fault. An event that the disk refuses
   * for what it is, is left out, with an `events.dropped` event in its place.
   */
  readonly moveToDisk: () => Promise<MovedToDisk>;
}

/** What came of moving events to the disk. */
export interface MovedToDisk {
  /** The last position there. */
  readonly last: number;
  /** Whether all that was given before was given in its order, with the positions it has now. */
  readonly isTrue: boolean;
  /** The keys that were given up where it is not: their owners count by positions that are no more. */
  readonly closed: readonly ClosedKey[];
}

/** What is known when a disk begins to fail. */
export interface RefugeStart {
  /** The last position of the disk that is known; positions in memory come after it. */
  readonly base: number;
  /** The consumers of the disk, as far as they are known, with the owners that claimed them here. */
  readonly known: readonly ConsumerState[];
  /** Gives the keys that were given up the last time that positions moved. */
  readonly closed: () => readonly ClosedKey[];
  /** Makes the ids of events that stand for what is left out. */
  readonly createId: () => string;
  /** Stamps them. */
  readonly clock: Pick<Clock, "now">;
}

/** Makes a refuge in `memory` from `disk`. What the disk can still be read of is read. */
export function createRefuge(
  disk: EventStore,
  memory: EventStore,
  { base, known, closed: closedBefore, createId, clock }: RefugeStart,
): Refuge {
  const consumers = createRefugeConsumers(disk, known, base);
  const parked = createRefugeParked(disk, memory, consumers);
  const events = createRefugeEvents(disk, memory, {
    base,
    createId,
    clock,
    isSettled: consumers.isSettled,
  });
  const reads = createRefugeReads(disk, memory, {
    base,
    isUnknown: consumers.isUnknown,
  });
  const ready = memory.claim(mover, "disk");

  async function moveToDisk(): Promise<MovedToDisk> {
    const { isTrue: isSame, origins } = await events.move();
    const isTrue = isSame && reads.isWhole();
    // Before it is settled there: whoever has the key from then on does not get it any more.
    const claimed = await parked.moveTo(disk);
    const closed = await consumers.moveTo(disk, {
      isTrue,
      translate: (lane, known, checkpoint) => {
        const skipped = reads.skipped(lane);
        const about = { known, checkpoint, base, skipped, origins };
        return translateCheckpoint(disk, lane, about);
      },
    });
    for (const { key, owner } of claimed) {
      // All keys are given up where positions do not stay what they are.
      if (isTrue && consumers.isOwner(key, owner)) continue;
      await disk.release(key, owner);
    }
    await freeClosed(disk, closedBefore());
    const { last } = await disk.positions();
    return { last, isTrue, closed };
  }

  return {
    append: async (appended, options = {}) => {
      await ready;
      const stored = await memory.append(appended, options);
      for (const { id } of stored) events.remember(id, options);
      return stored.map((event) => shift(event, base));
    },
    read: reads.read,
    consumers: consumers.list,
    claim: consumers.claim,
    commit: consumers.commit,
    release: consumers.release,
    owners: consumers,
    ...parked.operations,
    erase: async (user) => {
      const held = await memory.erase(user);
      // It is not erased before the disk has done so too.
      return held + await disk.erase(user);
    },
    positions: async () => {
      const { first, last } = await memory.positions();
      const onDisk = await disk.positions().catch(() => null);
      const isThere = onDisk !== null && onDisk.first <= onDisk.last &&
        onDisk.first > 0;
      return {
        first: isThere ? onDisk.first : base + first,
        last: base + last,
        certain: reads.isWhole() ? base : 0,
      };
    },
    prune: async (through) => {
      const older = await disk.prune(Math.min(through, base)).catch(() => 0);
      const newer = through > base ? await memory.prune(through - base) : 0;
      return older + newer;
    },
    held: async () => {
      const { first, last } = await memory.positions();
      return last - first + 1;
    },
    moveToDisk,
    close: () => memory.close(),
  };
}

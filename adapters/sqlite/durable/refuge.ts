import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { EventStore } from "../../log/event_store.ts";
import type { Clock } from "../../support/clock.ts";
import { appendFitting } from "./append_fitting.ts";

/** What a durable store goes by while its disk can't. */
export interface Refuge extends Omit<EventStore, "wakeups"> {
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
}

/** The reader that the memory must not give up events for without a word: see memoryStore(). */
const mover = "disk";

/**
 * Makes a refuge in `memoryStickyBuckets`, whose positions come after `base`, the last one of the disk that is
 * known. `known` are the checkpoints of the disk, as far as they are known. What the disk can still
 * be read of is read. `createId` and `clock` are for the word of what is left out.
 */
export function createRefuge(
  disk: EventStore,
  memory: EventStore,
  base: number,
  known: ReadonlyMap<string, number>,
  { createId, clock }: {
    readonly createId: () => string;
    readonly clock: Pick<Clock, "now">;
  },
): Refuge {
  const moved = new Map<string, { readonly from: number; to: number }>();
  // Whether somebody was given what is held though not all that is on the disk.
  let skipped = false;
  // What stands for events that the disk refuses, by their ids: the same at each attempt.
  const words = new Map<string, NewEvent>();
  const leftOut = new Set<string>();
  const ready = memory.commit(mover, 0, 0);

  async function checkpoint(consumer: string): Promise<number> {
    const held = moved.get(consumer);
    if (held !== undefined) return held.to;
    const position = known.get(consumer);
    if (position !== undefined) return position;
    return await disk.checkpoint(consumer).catch(() => 0);
  }

  async function read(
    after: number,
    limit: number,
  ): Promise<readonly RecordedEvent[]> {
    const older = after < base ? await readDisk(after, limit) : [];
    if (older.length >= limit) return older;
    const start = Math.max(0, after - base);
    const newer = await memory.read(start, limit - older.length);
    return [...older, ...newer.map(shift)];
  }

  // Others may have written after the last position that is known here.
  async function readDisk(
    after: number,
    limit: number,
  ): Promise<readonly RecordedEvent[]> {
    try {
      const events = await disk.read(after, limit);
      return events.filter(({ position }) => position <= base);
    } catch {
      skipped = true;
      return [];
    }
  }

  function shift(event: RecordedEvent): RecordedEvent {
    return { ...event, position: base + event.position };
  }

  function wordOf({ id, type }: NewEvent): NewEvent {
    const known = words.get(id);
    if (known !== undefined) return known;
    const word: NewEvent = {
      id: createId(),
      time: clock.now(),
      type: "events.dropped",
      version: 1,
      data: {
        reason: "invalid",
        count: 1,
        types: { [type]: 1 },
        consumer: null,
      },
    };
    words.set(id, word);
    return word;
  }

  async function moveToDisk(): Promise<MovedToDisk> {
    let aligned = true;
    let after = 0;
    for (;;) {
      const events = await memory.read(after, 500);
      if (events.length === 0) break;
      const recorded = await appendFitting(
        disk,
        events.map((event) =>
          leftOut.has(event.id) ? wordOf(event) : toNewEvent(event)
        ),
        wordOf,
        ({ id }) => leftOut.add(id),
      );
      recorded.forEach(({ position }, index) => {
        aligned &&= position === base + events[index]!.position;
      });
      after = events.at(-1)!.position;
    }
    for (const [consumer, { from, to }] of moved) {
      const isTrue = to <= base ? !skipped : aligned && !skipped;
      if (isTrue) await disk.commit(consumer, from, to);
    }
    const { last } = await disk.positions();
    return { last, isTrue: aligned && !skipped && leftOut.size === 0 };
  }

  return {
    append: async (events) => {
      await ready;
      return (await memory.append(events)).map(shift);
    },
    read: (after, limit = 1000) => read(after, limit),
    checkpoint,
    commit: async (consumer, expected, next) => {
      const from = await checkpoint(consumer);
      if (from !== expected) return false;
      const held = moved.get(consumer);
      moved.set(consumer, { from: held?.from ?? from, to: next });
      return true;
    },
    checkpoints: async () => {
      const onDisk = await disk.checkpoints().catch(() => known);
      const merged = new Map(onDisk);
      for (const [consumer, { to }] of moved) merged.set(consumer, to);
      return merged;
    },
    positions: async () => {
      const { first, last } = await memory.positions();
      const onDisk = await disk.positions().catch(() => null);
      const isThere = onDisk !== null && onDisk.first <= onDisk.last &&
        onDisk.first > 0;
      return {
        first: isThere ? onDisk.first : base + first,
        last: base + last,
        certain: skipped ? 0 : base,
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

// What the memory gave up never reached the disk, and no consumer of it is to blame.
function toNewEvent({ position: _, ...event }: RecordedEvent): NewEvent {
  const isGivenUp = event.type === "events.dropped" &&
    event.data.consumer === mover;
  return isGivenUp
    ? { ...event, data: { ...event.data, consumer: null } as JsonObject }
    : event;
}

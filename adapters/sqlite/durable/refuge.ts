import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { Checkpoint } from "../../log/port/checkpoint.ts";
import type {
  AppendOptions,
  ConsumerState,
  EventStore,
} from "../../log/port/event_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import { appendFitting } from "./append_fitting.ts";
import {
  createRefugeConsumers,
  type RefugeConsumers,
} from "./refuge_consumers.ts";
import { createRefugeParked } from "./refuge_parked.ts";

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
}

/** What is known when a disk begins to fail. */
export interface RefugeStart {
  /** The last position of the disk that is known; positions in memory come after it. */
  readonly base: number;
  /** The consumers of the disk, as far as they are known, with the owners that claimed them here. */
  readonly known: readonly ConsumerState[];
  /** Makes the ids of events that stand for what is left out. */
  readonly createId: () => string;
  /** Stamps them. */
  readonly clock: Pick<Clock, "now">;
}

/** The consumer for which the memory gives up no event without a word: see memoryStore(). */
const mover = { name: "disk" };

/** How many of the events that are held have their own way to be appended. */
const optionCapacity = 50_000;

/** Makes a refuge in `memory` from `disk`. What the disk can still be read of is read. */
export function createRefuge(
  disk: EventStore,
  memory: EventStore,
  { base, known, createId, clock }: RefugeStart,
): Refuge {
  // Whether a reader got what is held though not all that is on the disk.
  let skipped = false;
  // What stands for events that the disk refuses, by their ids: the same at each attempt.
  const words = new Map<string, NewEvent>();
  const leftOut = new Set<string>();
  const ways = new Map<string, AppendOptions>();
  const consumers = createRefugeConsumers(disk, known);
  const parked = createRefugeParked(disk, memory, consumers.isOwner);
  const ready = memory.claim(mover, "disk");

  async function read(
    after: number,
    limit: number,
    lane?: string,
  ): Promise<readonly RecordedEvent[]> {
    const older = after < base ? await readDisk(after, limit, lane) : [];
    if (older.length >= limit) return older;
    const start = Math.max(0, after - base);
    const newer = await memory.read(start, limit - older.length, lane);
    return [...older, ...newer.map(shift)];
  }

  // Others may have written after the last position that is known here.
  async function readDisk(
    after: number,
    limit: number,
    lane: string | undefined,
  ): Promise<readonly RecordedEvent[]> {
    try {
      const events = await disk.read(after, limit, lane);
      return events.filter(({ position }) => position <= base);
    } catch {
      skipped = true;
      return [];
    }
  }

  function shift<Event extends RecordedEvent>(event: Event): Event {
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

  function remember(id: string, options: AppendOptions): void {
    if (options.lane === undefined && !options.exposureAge) return;
    ways.set(id, options);
    for (const oldest of ways.keys()) {
      if (ways.size <= optionCapacity) return;
      ways.delete(oldest);
    }
  }

  async function moveEvents(): Promise<boolean> {
    let aligned = true;
    let after = 0;
    for (;;) {
      const events = await memory.read(after, 500);
      if (events.length === 0) return aligned;
      for (const run of runs(events, ({ id }) => ways.get(id))) {
        const recorded = await appendFitting(
          disk,
          run.events.map((event) =>
            leftOut.has(event.id) ? wordOf(event) : toNewEvent(event)
          ),
          run.options,
          wordOf,
          ({ id }) => leftOut.add(id),
        );
        recorded.forEach(({ position }, index) => {
          aligned &&= position === base + run.events[index]!.position;
        });
      }
      after = events.at(-1)!.position;
    }
  }

  async function moveToDisk(): Promise<MovedToDisk> {
    const aligned = await moveEvents();
    const isTrue = ({ position, unsettled }: Checkpoint) =>
      !skipped &&
      (aligned || Math.max(position, unsettled.at(-1) ?? 0) <= base);
    await consumers.moveTo(disk, isTrue);
    await parked.moveTo(disk);
    const { last } = await disk.positions();
    return { last, isTrue: aligned && !skipped && leftOut.size === 0 };
  }

  return {
    append: async (events, options = {}) => {
      await ready;
      const stored = await memory.append(events, options);
      for (const { id } of stored) remember(id, options);
      return stored.map(shift);
    },
    read: (after, limit = 1000, lane) => read(after, limit, lane),
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

interface Run {
  readonly events: RecordedEvent[];
  readonly options: AppendOptions;
}

// Events in a row that were appended in the same way.
function runs(
  events: readonly RecordedEvent[],
  wayOf: (event: RecordedEvent) => AppendOptions | undefined,
): readonly Run[] {
  const found: Run[] = [];
  for (const event of events) {
    const options = wayOf(event) ?? {};
    const last = found.at(-1);
    const isSame = last?.options.lane === options.lane &&
      last?.options.exposureAge === options.exposureAge;
    if (last !== undefined && isSame) last.events.push(event);
    else found.push({ events: [event], options });
  }
  return found;
}

// What the memory gave up never reached the disk, and no consumer of it is to blame.
function toNewEvent({ position: _, ...event }: RecordedEvent): NewEvent {
  const isGivenUp = event.type === "events.dropped" &&
    event.data.consumer === mover.name;
  return isGivenUp
    ? { ...event, data: { ...event.data, consumer: null } as JsonObject }
    : event;
}

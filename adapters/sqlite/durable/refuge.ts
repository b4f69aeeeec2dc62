import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import { wholeLog } from "../../log/port/consumer_key.ts";
import type {
  AppendOptions,
  ConsumerState,
  EventStore,
} from "../../log/port/event_store.ts";
import type { Clock } from "../../support/time/clock.ts";
import { appendFitting } from "./append_fitting.ts";
import {
  type ClosedKey,
  createRefugeConsumers,
  type RefugeConsumers,
} from "./refuge_consumers.ts";
import { createRefugeParked } from "./refuge_parked.ts";
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
  // After which positions readers got what is held though not what is on the disk, by lanes.
  const skips = new Map<string, number>();
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
    const key = lane ?? wholeLog;
    try {
      // What of it is settled already, the disk tells when it works again.
      if (consumers.isUnknown(key)) throw new Error("Cannot tell what is new");
      const events = await disk.read(after, limit, lane);
      return events.filter(({ position }) => position <= base);
    } catch {
      skips.set(key, Math.min(after, skips.get(key) ?? Infinity));
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

  // What its lane has settled here needs no lane there: another owner of that would deliver it again.
  function wayOf({ id, position }: RecordedEvent): AppendOptions | undefined {
    const way = ways.get(id);
    if (way?.lane === undefined) return way;
    const { lane, ...rest } = way;
    return consumers.isSettled(lane, base + position) ? rest : way;
  }

  async function moveEvents(): Promise<{
    readonly aligned: boolean;
    readonly origins: ReadonlyMap<number, number>;
  }> {
    const origins = new Map<number, number>();
    let aligned = true;
    let after = 0;
    for (;;) {
      const events = await memory.read(after, 500);
      if (events.length === 0) return { aligned, origins };
      for (const run of runs(events, wayOf)) {
        const recorded = await appendFitting(
          disk,
          run.events.map((event) =>
            leftOut.has(event.id) ? wordOf(event) : toNewEvent(event)
          ),
          run.options,
          wordOf,
          ({ id }) => leftOut.add(id),
        );
        recorded.forEach(({ position, isRepeated = false }, index) => {
          const origin = base + run.events[index]!.position;
          aligned &&= position === origin;
          if (!isRepeated) origins.set(position, origin);
        });
      }
      after = events.at(-1)!.position;
    }
  }

  async function moveToDisk(): Promise<MovedToDisk> {
    const { aligned, origins } = await moveEvents();
    const isTrue = aligned && skips.size === 0 && leftOut.size === 0;
    const closed = await consumers.moveTo(disk, {
      isTrue,
      translate: (lane, known, checkpoint) => {
        const skipped = skips.get(lane) ?? Infinity;
        const about = { known, checkpoint, base, skipped, origins };
        return translateCheckpoint(disk, lane, about);
      },
    });
    await parked.moveTo(disk);
    const { last } = await disk.positions();
    return { last, isTrue, closed };
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
        certain: skips.size > 0 ? 0 : base,
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

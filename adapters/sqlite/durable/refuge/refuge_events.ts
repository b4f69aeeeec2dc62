import type {
  NewEvent,
  RecordedEvent,
} from "../../../../core/events/types/recorded_event.ts";
import type { JsonObject } from "../../../../core/types/json.ts";
import type {
  AppendOptions,
  EventStore,
} from "../../../log/port/event_store.ts";
import type { Clock } from "../../../support/time/clock.ts";
import { appendFitting } from "./append_fitting.ts";
import type { RefugeConsumers } from "./refuge_consumers.ts";

/** The events of a refuge on their way to the disk. */
export interface RefugeEvents {
  /** Remembers how an event was appended. */
  readonly remember: (id: string, options: AppendOptions) => void;
  /**
   * Appends them to the disk, in order and as they were appended. Rejects where the disk is at fault. One
   * that the disk refuses for what it is, is left out, with an `events.dropped` event in its place.
   */
  readonly move: () => Promise<MovedEvents>;
}

/** What came of that. */
export interface MovedEvents {
  /** Whether each has the position that it was given before, and none was left out. */
  readonly isTrue: boolean;
  /** The positions that they were given before, by those that they have now. */
  readonly origins: ReadonlyMap<number, number>;
}

/** What {@linkcode createRefugeEvents} needs. */
export interface RefugeEventsOptions {
  /** The position of the disk after which those in memory come. */
  readonly base: number;
  /** Makes the ids of events that stand for what is left out. */
  readonly createId: () => string;
  /** Stamps them. */
  readonly clock: Pick<Clock, "now">;
  /** Whether all consumers of a lane have settled a position. */
  readonly isSettled: RefugeConsumers["isSettled"];
}

/** The consumer that the memory tells of each event that it gives up: see memoryStore(). */
export const mover = { name: "disk" };

/** How many of the events that are held have their own way to be appended. */
const optionCapacity = 50_000;

/** Makes what moves the events of a `memory` to a disk. */
export function createRefugeEvents(
  disk: EventStore,
  memory: EventStore,
  { base, createId, clock, isSettled }: RefugeEventsOptions,
): RefugeEvents {
  // What stands for events that the disk refuses, by their ids: the same at each attempt.
  const standIns = new Map<string, NewEvent>();
  const leftOut = new Set<string>();
  const ways = new Map<string, AppendOptions>();

  function standInFor({ id, type }: NewEvent): NewEvent {
    const known = standIns.get(id);
    if (known !== undefined) return known;
    const standIn: NewEvent = {
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
    standIns.set(id, standIn);
    return standIn;
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
    return isSettled(lane, base + position) ? rest : way;
  }

  async function move(): Promise<MovedEvents> {
    const origins = new Map<number, number>();
    let isAligned = true;
    let after = 0;
    for (;;) {
      const events = await memory.read(after, 500);
      if (events.length === 0) {
        return { isTrue: isAligned && leftOut.size === 0, origins };
      }
      for (const run of runs(events, wayOf)) {
        const recorded = await appendFitting(
          disk,
          run.events.map((event) =>
            leftOut.has(event.id) ? standInFor(event) : toNewEvent(event)
          ),
          run.options,
          standInFor,
          ({ id }) => leftOut.add(id),
        );
        recorded.forEach(({ position, isRepeated = false }, index) => {
          const origin = base + run.events[index]!.position;
          isAligned &&= position === origin;
          if (!isRepeated) origins.set(position, origin);
        });
      }
      after = events.at(-1)!.position;
    }
  }

  return { remember, move };
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

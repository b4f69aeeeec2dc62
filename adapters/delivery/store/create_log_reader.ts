import { dataShapes } from "../../../core/events/types/event_shapes.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { Engine, EngineItem } from "../engine/engine.ts";
import { droppedFor, wantsType } from "../wants_type.ts";
import type { Ledger } from "./create_ledger.ts";

/** Reads what a ledger has claimed into an engine. */
export interface LogReader {
  /** Reads on, as far as there is room. One reading goes on at a time. Rejects where the store does. */
  readonly read: () => Promise<void>;
  /** Whether all that was in the store is read. */
  readonly isAtEnd: () => boolean;
  /** How many of those are still to be read that were not settled when it was claimed. */
  readonly left: () => number;
}

/** What a reader is made of. */
export interface LogReaderOptions<Item extends EngineItem> {
  /** The store. */
  readonly store: EventStore;
  /** Where it reads, and what it read. */
  readonly ledger: Ledger;
  /** What was not settled when it was claimed. */
  readonly unsettled: readonly number[];
  /** Takes the events. */
  readonly engine: Pick<Engine<Item>, "add" | "pending">;
  /** The consumer's name. */
  readonly name: string;
  /** The types that it wants; all but the log's own where it is undefined. */
  readonly types: readonly string[] | undefined;
  /** How many events may be in the engine at once. */
  readonly limit: number;
  /**
   * Is told of events that were read, how many of them are not wanted, and how many are lost, by the
   * store's own word.
   */
  readonly onPassed: (passed: {
    readonly events: readonly RecordedEvent[];
    readonly unwanted: number;
    readonly dropped: number;
    readonly wanted: number;
  }) => void;
  /** Makes an item of an event. */
  readonly makeItem: (event: RecordedEvent) => Item;
}

/** How many events are read at once. */
const page = 500;

/**
 * Makes a reader: first what was not settled when it was claimed, then what came after that. An event
 * of a version that this version of the library does not know is parked, unread.
 */
export function createLogReader<Item extends EngineItem>(
  options: LogReaderOptions<Item>,
): LogReader {
  const { store, ledger, engine, types, name, makeItem } = options;
  let left = [...options.unsettled];
  let isAtEnd = false;
  let reading: Promise<void> | null = null;
  const lane = ledger.key.lane === "" ? undefined : ledger.key.lane;

  const give = (events: readonly RecordedEvent[]) => {
    const readable = events.filter(isReadable);
    if (readable.length > 0) engine.add(readable.map(makeItem));
    if (readable.length === events.length) return;
    ledger.park(
      events.filter((event) => !isReadable(event)).map((event) => ({
        event,
        reason: "unreadable",
        attempts: 0,
        message: `The version of ${event.type} is ${event.version}`,
      })),
    );
  };
  const readLeft = async () => {
    const next = left.slice(0, 100);
    const events = await store.read(
      next[0]! - 1,
      1 + next.at(-1)! - next[0]!,
      lane,
    );
    // What another owner has by now is handed over there.
    if (!ledger.isHeld()) return;
    const found = new Map(events.map((event) => [event.position, event]));
    left = left.slice(next.length);
    const isWanted = (event: RecordedEvent | undefined) =>
      event !== undefined && wantsType(types, event.type);
    // What is gone was pruned, and is told by the store; what is not wanted any more was erased.
    for (const position of next) {
      if (!isWanted(found.get(position))) ledger.settle(position);
    }
    give(
      next.flatMap((position) => found.get(position) ?? []).filter(isWanted),
    );
  };
  const readNext = async (room: number) => {
    const from = ledger.readTo();
    const events = await store.read(from, Math.min(page, room), lane);
    if (!ledger.isHeld()) return;
    if (events.length === 0) {
      isAtEnd = true;
      return;
    }
    const wanted = events.filter(({ type }) => wantsType(types, type));
    let dropped = 0;
    for (const event of events) dropped += droppedFor(name, types, event);
    ledger.read(
      events[events.length - 1]!.position,
      wanted.map(({ position }) => position),
    );
    options.onPassed({
      events,
      unwanted: events.length - wanted.length,
      dropped,
      wanted: wanted.length,
    });
    give(wanted);
  };
  const readOn = async () => {
    isAtEnd = false;
    while (ledger.isHeld() && !isAtEnd) {
      const room = options.limit - engine.pending();
      if (room <= 0) return;
      if (left.length > 0) await readLeft();
      else if (ledger.room() <= 0) return;
      else await readNext(Math.min(room, ledger.room()));
    }
  };
  return {
    read: () =>
      reading ??= readOn().finally(() => {
        reading = null;
      }),
    isAtEnd: () => isAtEnd,
    left: () => left.length,
  };
}

/** Tells whether this version of the library knows the shape of an event. Other types are their reader's. */
export function isReadable({ type, version }: RecordedEvent): boolean {
  return version === 1 || !Object.hasOwn(dataShapes, type);
}

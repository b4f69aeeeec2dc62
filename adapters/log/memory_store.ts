import { Subject } from "rxjs";
import type {
  NewEvent,
  RecordedEvent,
} from "../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import { checkEvent } from "./check_event.ts";
import { checkPosition } from "./check_position.ts";
import { createEntries } from "./create_entries.ts";
import { droppedByPruning } from "./dropped_by_pruning.ts";
import type { EventStore } from "./event_store.ts";

/** The bounds of a store in memory. */
export interface MemoryStoreOptions {
  /** The most events that it keeps; default 10,000. */
  readonly capacity?: number;
  /** The most characters that the JSON of its events has; default 16,777,216. */
  readonly maxCharacters?: number;
  /** How long it keeps an event, in milliseconds; default 604,800,000, a week. */
  readonly maxAge?: number;
  /** How many ids it remembers to know a repetition; default, and least, twice the capacity. */
  readonly idCapacity?: number;
  /** Tells the time; default the clock of the runtime. */
  readonly clock?: Pick<Clock, "now">;
  /** Makes the ids of the `events.dropped` events; default UUIDs of version 7. */
  readonly createId?: () => string;
}

/**
 * Makes a store of events in memory: the reference that other stores are measured by, and all that
 * an application needs which can afford to lose what was not delivered when it ends.
 *
 * Past one of its bounds it removes its oldest events, down to nine tenths of that bound, so that
 * there is one `events.dropped` event for many, and not for each; room for those is made too. Age is
 * looked at when events are appended, read or counted, so an idle store holds no timer.
 *
 * Events are kept as they were given, not copied.
 *
 * @example
 * ```ts ignore
 * const store = memoryStore({ capacity: 1000 });
 * await store.append([event]);
 * await store.read(0); // [{ ...event, position: 1 }]
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): EventStore {
  const {
    capacity = 10_000,
    maxCharacters: maxBytes = 2 ** 24,
    maxAge = 7 * 24 * 3_600_000,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  const idCapacity = Math.max(options.idCapacity ?? 0, 2 * capacity);
  const wakeups = new Subject<void>();
  const checkpoints = new Map<string, number>();
  const positions = new Map<string, number>();
  const entries = createEntries();
  let closed = false;

  function add(event: NewEvent, size: number): RecordedEvent {
    const known = positions.get(event.id);
    if (known !== undefined) {
      return entries.at(known)?.event ?? { ...event, position: known };
    }
    const recorded = entries.add(event, size, clock.now());
    positions.set(event.id, recorded.position);
    return recorded;
  }

  function remove(through: number, reason: DropReason): number {
    const events = entries.remove(through);
    if (events.length === 0) return 0;
    for (const data of droppedByPruning(events, checkpoints, reason)) {
      const report: NewEvent = {
        id: createId(),
        time: clock.now(),
        type: "events.dropped",
        version: 1,
        data: { ...data },
      };
      add(report, JSON.stringify(report).length);
    }
    const end = events[events.length - 1]!.position;
    for (const [consumer, checkpoint] of checkpoints) {
      if (checkpoint < end) checkpoints.set(consumer, end);
    }
    return events.length;
  }

  function retainSize(): void {
    const size = entries.size();
    if (size > capacity) {
      let behind = 0;
      for (const checkpoint of checkpoints.values()) {
        if (checkpoint < entries.last()) behind++;
      }
      const rest = Math.min(Math.ceil(capacity * 0.9), capacity - behind);
      remove(entries.first() - 1 + size - Math.max(0, rest), "overflow");
    }
    if (entries.bytes() > maxBytes) {
      let rest = entries.bytes();
      let count = 0;
      for (; rest > maxBytes * 0.9; count++) {
        rest -= entries.oldest(count)!.bytes;
      }
      remove(entries.first() - 1 + count, "bytes");
    }
  }

  function retainAge(): void {
    const now = clock.now();
    if (now - (entries.oldest(0)?.time ?? now) > maxAge) {
      let count = 0;
      const limit = now - maxAge * 0.9;
      while ((entries.oldest(count)?.time ?? Infinity) < limit) count++;
      remove(entries.first() - 1 + count, "age");
    }
  }

  function forget(): void {
    for (const id of positions.keys()) {
      if (positions.size <= Math.max(idCapacity, 2 * entries.size())) return;
      positions.delete(id);
    }
  }

  function whileOpen<Result>(action: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      if (closed) throw new Error("Cannot use the store: it is closed");
      const before = entries.last();
      resolve(action());
      if (entries.last() > before) wakeups.next();
    });
  }

  return {
    append: (events) =>
      whileOpen(() => {
        const checked = events.map(checkEvent);
        const recorded = checked.map(({ event, size }) => add(event, size));
        retainSize();
        retainAge();
        forget();
        return recorded;
      }),
    read: (after, limit = 1000) =>
      whileOpen(() => {
        const from = checkPosition("after", after);
        const most = checkPosition("limit", limit);
        retainAge();
        return entries.after(from, most);
      }),
    wakeups: wakeups.asObservable(),
    checkpoint: (consumer) => whileOpen(() => checkpoints.get(consumer) ?? 0),
    commit: (consumer, expected, next) =>
      whileOpen(() => {
        const from = checkPosition("expected", expected);
        const to = checkPosition("next", next);
        if ((checkpoints.get(consumer) ?? 0) !== from) return false;
        checkpoints.set(consumer, to);
        return true;
      }),
    checkpoints: () => whileOpen(() => new Map(checkpoints)),
    positions: () =>
      whileOpen(() => {
        retainAge();
        return { first: entries.first(), last: entries.last() };
      }),
    prune: (through) =>
      whileOpen(() => remove(checkPosition("through", through), "pruned")),
    close: () => {
      closed = true;
      entries.clear();
      positions.clear();
      wakeups.complete();
      return Promise.resolve();
    },
  };
}

import { Subject } from "rxjs";
import type { NewEvent } from "../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import { type Clock, monotonicTime, systemClock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import { type CheckedEvent, checkEvent } from "./check_event.ts";
import { checkPosition } from "./check_position.ts";
import { createConsumers } from "./memory/create_consumers.ts";
import { createEntries } from "./memory/create_entries.ts";
import { createMarks } from "./memory/create_marks.ts";
import { createParkedLists } from "./memory/create_parked_lists.ts";
import { checkLane } from "./port/check_lane.ts";
import { droppedByPruning } from "./port/dropped_by_pruning.ts";
import type {
  AppendOptions,
  EventStore,
  StoredEvent,
} from "./port/event_store.ts";
import { exposureKey, userKey } from "./port/exposure_key.ts";
import { checkErasure, erasedEvent, isAbout } from "./port/is_about.ts";

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
  /** How many exposures it remembers to keep each once; default 100,000. */
  readonly markCapacity?: number;
  /** Tells the time; default the clock of the runtime. */
  readonly clock?: Pick<Clock, "now" | "monotonic">;
  /** Makes the ids of the `events.dropped` events; default UUIDs of version 7. */
  readonly createId?: () => string;
}

/**
 * Makes a store of events in memory: the reference that other stores are measured by, and all that
 * an application needs which can afford to lose what was not delivered when it ends. Several clients
 * and readers of one process may share it.
 *
 * Past one of its bounds it removes its oldest events, down to nine tenths of that bound, so that
 * there is one `events.dropped` event for many, and not for each; room for those is made too. Age is
 * looked at when events are appended, read or counted, so an idle store holds no timer.
 *
 * Events are kept as they were given, not copied.
 *
 * @example
 * ```ts
 * import { memoryStore } from "./memory_store.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStore({ capacity: 1000 });
 * const id = "01890a5d-ac96-774b-bcce-b302099a8057";
 * const data = { name: "signup", properties: {} };
 * await store.append([{ id, time: 0, type: "custom", version: 1, data }]);
 * assertEquals((await store.read(0)).map(({ position }) => position), [1]);
 * ```
 */
export function memoryStore(
  options: MemoryStoreOptions = {},
): EventStore {
  const {
    capacity = 10_000,
    maxCharacters = 2 ** 24,
    maxAge = 7 * 24 * 3_600_000,
    markCapacity = 100_000,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  const idCapacity = Math.max(options.idCapacity ?? 0, 2 * capacity);
  const wakeups = new Subject<void>();
  const consumers = createConsumers();
  const positions = new Map<string, number>();
  const entries = createEntries();
  const marks = createMarks(markCapacity);
  const lists = createParkedLists();
  const passed = monotonicTime(clock);
  let closed = false;

  function add(
    { event, size }: CheckedEvent,
    { exposureAge = 0, lane = "" }: AppendOptions,
  ): StoredEvent {
    const known = positions.get(event.id);
    if (known !== undefined) {
      return entries.at(known)?.event ?? { ...event, position: known };
    }
    const time = passed();
    const key = exposureAge > 0 ? exposureKey(event) : null;
    const mark = key === null ? null : marks.find(key, time, exposureAge);
    if (mark !== null) {
      return { ...event, position: mark.position, isRepeated: true };
    }
    const recorded = entries.add(event, { bytes: size, time, lane });
    const { position } = recorded;
    positions.set(event.id, position);
    if (key !== null) marks.put(key, { position, time });
    return recorded;
  }

  function remove(through: number, reason: DropReason): number {
    const pruned = entries.remove(through);
    if (pruned.length === 0) return 0;
    const loss = droppedByPruning(pruned, consumers.list(), reason);
    consumers.passOver(pruned[pruned.length - 1]!.event.position);
    for (const event of loss.lost) {
      const key = exposureKey(event);
      if (key !== null) marks.remove(key, event.position);
    }
    for (const data of loss.dropped) {
      const report: NewEvent = {
        id: createId(),
        time: clock.now(),
        type: "events.dropped",
        version: 1,
        data: { ...data },
      };
      add(checkEvent(report, 0), {});
    }
    return pruned.length;
  }

  function retainSize(): void {
    const size = entries.size();
    if (size > capacity) {
      const behind = new Set(
        consumers.list()
          .filter(({ checkpoint }) => checkpoint.position < entries.last())
          .map(({ name }) => name),
      ).size;
      const rest = Math.min(Math.ceil(capacity * 0.9), capacity - behind);
      remove(entries.first() - 1 + size - Math.max(0, rest), "overflow");
    }
    if (entries.bytes() > maxCharacters) {
      let rest = entries.bytes();
      let count = 0;
      for (; rest > maxCharacters * 0.9; count++) {
        rest -= entries.oldest(count)!.bytes;
      }
      remove(entries.first() - 1 + count, "bytes");
    }
  }

  function retainAge(): void {
    const now = passed();
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

  function eraseUser(user: Parameters<EventStore["erase"]>[0]): number {
    checkErasure(user);
    marks.removeUser(userKey(user.attribute, user.value));
    lists.sift(({ event }) => isAbout(event, user));
    const found = entries.all().filter(({ event }) => isAbout(event, user));
    for (const { event } of found) {
      const erased = erasedEvent(event);
      entries.replace(erased, checkEvent(erased, 0).size);
    }
    return found.length;
  }

  function isDone(lane: string, position: number): boolean {
    return entries.after(position, 1, lane).length === 0;
  }

  function whileOpen<Result>(action: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      if (closed) throw new Error("Cannot use the store: it is closed");
      const before = entries.last();
      resolve(action());
      if (entries.last() > before) wakeups.next();
    });
  }

  const store: EventStore = {
    append: (events, how = {}) =>
      whileOpen(() => {
        checkLane(how.lane);
        const checked = events.map(checkEvent);
        const recorded = checked.map((each) => add(each, how));
        retainSize();
        retainAge();
        forget();
        return recorded;
      }),
    read: (after, limit = 1000, lane) =>
      whileOpen(() => {
        const from = checkPosition("after", after);
        const most = checkPosition("limit", limit);
        retainAge();
        return entries.after(from, most, lane);
      }),
    wakeups: wakeups.asObservable(),
    positions: () =>
      whileOpen(() => {
        retainAge();
        return { first: entries.first(), last: entries.last() };
      }),
    consumers: () => whileOpen(consumers.list),
    claim: (key, owner) => whileOpen(() => consumers.claim(key, owner)),
    commit: (key, owner, checkpoint) =>
      whileOpen(() =>
        consumers.commit(
          key,
          owner,
          checkpoint,
          Math.max(0, entries.first() - 1),
        )
      ),
    release: (key, owner) =>
      whileOpen(() =>
        consumers.release(
          key,
          owner,
          ({ lane, checkpoint }) =>
            checkpoint.unsettled.length === 0 &&
            isDone(lane, checkpoint.position),
        )
      ),
    park: (key, owner, events) =>
      whileOpen(() => {
        if (!consumers.isOwner(key, owner)) return false;
        lists.add(key.name, events, clock.now());
        return true;
      }),
    parked: (name) => whileOpen(() => lists.list(name, clock.now())),
    redeliver: (name, ids) =>
      whileOpen(() => {
        const count = lists.makeDue(name, ids);
        if (count > 0) wakeups.next();
        return count;
      }),
    unpark: (key, owner, ids) =>
      whileOpen(() => {
        if (!consumers.isOwner(key, owner)) return false;
        lists.remove(key.name, ids);
        return true;
      }),
    erase: (user) => whileOpen(() => eraseUser(user)),
    prune: (through) =>
      whileOpen(() => remove(checkPosition("through", through), "pruned")),
    close: () => {
      closed = true;
      consumers.clear();
      entries.clear();
      positions.clear();
      marks.clear();
      wakeups.complete();
      return Promise.resolve();
    },
  };
  return store;
}

import { Subject } from "rxjs";
import {
  type Clock,
  monotonicTime,
  systemClock,
} from "../support/time/clock.ts";
import { checkOptions } from "../support/check_options.ts";
import { createIds } from "../support/create_ids.ts";
import { checkEvents } from "./check_events.ts";
import { checkPosition } from "./check_position.ts";
import { consumerOperations } from "./memory/consumer_operations.ts";
import { createConsumers } from "./memory/create_consumers.ts";
import { createEventKeeper } from "./memory/create_event_keeper.ts";
import { createParkedLists } from "./memory/create_parked_lists.ts";
import { checkLane } from "./port/check_lane.ts";
import type { EventStore } from "./port/event_store.ts";
import { tellErasures } from "./port/tell_erasures.ts";

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
 * Events are kept as they were given, not copied. Throws a `TypeError` or `RangeError` for an option that can't
 * be used.
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
  checkMemoryOptions(options);
  const {
    capacity = 10_000,
    maxCharacters = 2 ** 24,
    maxAge = 7 * 24 * 3_600_000,
    markCapacity = 100_000,
    clock = systemClock,
    createId = createIds({ now: clock.now }),
  } = options;
  const wakeups = new Subject<void>();
  const consumers = createConsumers();
  const lists = createParkedLists();
  const keeper = createEventKeeper({
    capacity,
    maxCharacters,
    maxAge,
    idCapacity: Math.max(options.idCapacity ?? 0, 2 * capacity),
    markCapacity,
    clock,
    passed: monotonicTime(clock),
    createId,
    consumers,
    lists,
  });
  const { entries } = keeper;
  let closed = false;

  function whileOpen<Result>(action: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      if (closed) throw new Error("Cannot use the store: it is closed");
      const before = entries.last();
      resolve(action());
      if (entries.last() > before) wakeups.next();
    });
  }

  return {
    append: (events, how = {}) =>
      whileOpen(() => {
        checkLane(how.lane);
        const checked = checkEvents(events);
        const recorded = checked.map((each) => keeper.add(each, how));
        keeper.retainSize();
        keeper.retainAge();
        keeper.forgetIds();
        return recorded;
      }),
    read: (after, limit = 1000, lane) =>
      whileOpen(() => {
        const from = checkPosition("after", after);
        const most = checkPosition("limit", limit);
        keeper.retainAge();
        return entries.after(from, most, lane);
      }),
    wakeups: wakeups.asObservable(),
    positions: () =>
      whileOpen(() => {
        keeper.retainAge();
        return { first: entries.first(), last: entries.last() };
      }),
    ...consumerOperations({
      whileOpen,
      entries,
      consumers,
      lists,
      clock,
      wake: () => wakeups.next(),
    }),
    ...tellErasures((user) => whileOpen(() => keeper.erase(user))),
    prune: (through) =>
      whileOpen(() =>
        keeper.remove(checkPosition("through", through), "pruned")
      ),
    close: () => {
      closed = true;
      consumers.clear();
      keeper.clear();
      wakeups.complete();
      return Promise.resolve();
    },
  };
}

function checkMemoryOptions(options: MemoryStoreOptions): void {
  checkOptions("keep events in memory", options, {
    capacity: "amount",
    maxCharacters: "amount",
    maxAge: "amount",
    idCapacity: "amount",
    markCapacity: "amount",
    clock: "time",
    createId: "function",
  });
}

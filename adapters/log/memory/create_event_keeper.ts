import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Clock } from "../../support/time/clock.ts";
import { type CheckedEvent, checkEvent } from "../check_event.ts";
import { droppedByPruning } from "../port/dropped_by_pruning.ts";
import type {
  AppendOptions,
  EventStore,
  StoredEvent,
} from "../port/event_store.ts";
import { exposureKey, userKey } from "../port/exposure_key.ts";
import { erasedEvent, isAbout } from "../port/is_about.ts";
import type { Consumers } from "./create_consumers.ts";
import { createEntries, type Entries } from "./create_entries.ts";
import { createMarks } from "./create_marks.ts";
import { tooLarge, tooMany, tooOld } from "./excess.ts";
import type { ParkedLists } from "./create_parked_lists.ts";

/** The events of a store in memory, each once, within its bounds. */
export interface EventKeeper {
  /** The events by position. */
  readonly entries: Entries;
  /** Adds an event, and gives it with its position; a repetition with that of the first. */
  readonly add: (event: CheckedEvent, how: AppendOptions) => StoredEvent;
  /** Removes the events up to and including a position, and gives how many that were. */
  readonly remove: (through: number, reason: DropReason) => number;
  /** Removes the oldest events where there are too many. */
  readonly retainSize: () => void;
  /** Removes the events that are too old. */
  readonly retainAge: () => void;
  /** Forgets the oldest ids where there are too many. */
  readonly forgetIds: () => void;
  /** Removes what is kept of a user, and gives how many events that were. */
  readonly erase: (user: Parameters<EventStore["erase"]>[0]) => number;
  /** Removes everything. */
  readonly clear: () => void;
}

/** What a keeper is made with; see `MemoryStoreOptions`. */
export interface EventKeeperOptions {
  readonly capacity: number;
  readonly maxCharacters: number;
  readonly maxAge: number;
  readonly idCapacity: number;
  readonly markCapacity: number;
  readonly clock: Pick<Clock, "now">;
  /** How many milliseconds have passed since some moment. */
  readonly passed: () => number;
  readonly createId: () => string;
  /** The consumers whose checkpoints pass over what is removed. */
  readonly consumers: Consumers;
  /** The events that are parked. */
  readonly lists: ParkedLists;
}

/** Makes a keeper without events. */
export function createEventKeeper(options: EventKeeperOptions): EventKeeper {
  const { capacity, maxCharacters, maxAge, consumers, passed } = options;
  const positions = new Map<string, number>();
  const entries = createEntries();
  const marks = createMarks(options.markCapacity);

  const add: EventKeeper["add"] = (
    { event, size },
    { exposureAge = 0, lane = "" },
  ) => {
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
  };
  const remove: EventKeeper["remove"] = (through, reason) => {
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
        id: options.createId(),
        time: options.clock.now(),
        type: "events.dropped",
        version: 1,
        data: { ...data },
      };
      add(checkEvent(report, 0), {});
    }
    return pruned.length;
  };
  const removeOldest = (count: number, reason: DropReason) => {
    if (count > 0) remove(entries.first() - 1 + count, reason);
  };

  return {
    entries,
    add,
    remove,
    retainSize: () => {
      removeOldest(tooMany(entries, capacity, consumers), "overflow");
      removeOldest(tooLarge(entries, maxCharacters), "bytes");
    },
    retainAge: () => removeOldest(tooOld(entries, passed(), maxAge), "age"),
    forgetIds: () => {
      for (const id of positions.keys()) {
        const most = Math.max(options.idCapacity, 2 * entries.size());
        if (positions.size <= most) return;
        positions.delete(id);
      }
    },
    erase: (user) => {
      marks.removeUser(userKey(user.attribute, user.value));
      options.lists.sift(({ event }) => isAbout(event, user));
      const found = entries.all().filter(({ event }) => isAbout(event, user));
      for (const { event } of found) {
        const erased = erasedEvent(event);
        entries.replace(erased, checkEvent(erased, 0).size);
      }
      return found.length;
    },
    clear: () => {
      entries.clear();
      positions.clear();
      marks.clear();
    },
  };
}

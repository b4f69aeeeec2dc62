import {
  parkedBounds,
  type ParkedEvent,
  type ParkingEvent,
} from "../port/parked_event.ts";

/** What the consumers of a store in memory have parked, by name. */
export interface ParkedLists {
  /** Adds events at a time, or puts them in the place of those with their ids. */
  readonly add: (
    name: string,
    events: readonly ParkingEvent[],
    now: number,
  ) => void;
  /** Those of a name, in the order of parking. */
  readonly list: (name: string, now: number) => readonly ParkedEvent[];
  /** Marks events as due, all of them without ids, and gives how many were not. */
  readonly makeDue: (name: string, ids?: readonly string[]) => number;
  /** Removes events by their ids. */
  readonly remove: (name: string, ids: readonly string[]) => void;
  /** Removes the events for which a test holds, whatever the name. */
  readonly sift: (isGone: (event: ParkedEvent) => boolean) => void;
}

interface Entry {
  readonly parked: ParkedEvent;
  readonly size: number;
}

/** Makes the lists. */
export function createParkedLists(): ParkedLists {
  const lists = new Map<string, Map<string, Entry>>();
  const listOf = (name: string) => {
    let list = lists.get(name);
    if (list === undefined) lists.set(name, list = new Map());
    return list;
  };
  const retain = (list: Map<string, Entry>, now: number) => {
    let characters = 0;
    for (const { size } of list.values()) characters += size;
    for (const [id, { parked, size }] of list) {
      const isOld = now - parked.time > parkedBounds.age;
      if (
        !isOld && list.size <= parkedBounds.events &&
        characters <= parkedBounds.characters
      ) return;
      list.delete(id);
      characters -= size;
    }
  };
  return {
    add: (name, events, now) => {
      const list = listOf(name);
      for (const event of events) {
        const parked = { ...event, time: now, isDue: false };
        list.delete(event.event.id);
        list.set(event.event.id, {
          parked,
          size: JSON.stringify(event.event).length,
        });
      }
      retain(list, now);
    },
    list: (name, now) => {
      retain(listOf(name), now);
      return [...listOf(name).values()].map(({ parked }) => parked);
    },
    makeDue: (name, ids) => {
      const list = listOf(name);
      let count = 0;
      for (const id of ids ?? [...list.keys()]) {
        const entry = list.get(id);
        if (entry === undefined || entry.parked.isDue) continue;
        list.set(id, { ...entry, parked: { ...entry.parked, isDue: true } });
        count++;
      }
      return count;
    },
    remove: (name, ids) => {
      for (const id of ids) listOf(name).delete(id);
    },
    sift: (isGone) => {
      for (const list of lists.values()) {
        for (const [id, { parked }] of list) {
          if (isGone(parked)) list.delete(id);
        }
      }
    },
  };
}

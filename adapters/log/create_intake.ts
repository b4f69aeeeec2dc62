import type { NewEvent } from "../../core/events/types/recorded_event.ts";

/** The events that wait for a store, oldest first. */
export interface Intake {
  /** How many there are. */
  readonly length: () => number;
  /** Why an event of a size, in characters, can't be added; null where it can. */
  readonly refusal: (size: number) => "overflow" | "bytes" | null;
  /** Adds an event, whether there is room or not. */
  readonly add: (event: NewEvent, size: number) => void;
  /** Whether half of the room is taken. */
  readonly isHalfFull: () => boolean;
  /** Gives the oldest ones. */
  readonly first: (count: number) => readonly NewEvent[];
  /** Removes the oldest ones. */
  readonly remove: (count: number) => void;
  /** Removes those that are not to be kept, and gives how many that were. */
  readonly sift: (isKept: (event: NewEvent) => boolean) => number;
  /** Removes them all, and gives them. */
  readonly clear: () => readonly NewEvent[];
  /** The number of the last event that was added; they count up from 1. */
  readonly last: () => number;
  /** Whether none waits any more of the events up to a number. */
  readonly isPast: (number: number) => boolean;
}

/** Makes a place where events wait, with room for so many, and so many characters of JSON. */
export function createIntake(
  { capacity, maxBytes }: {
    readonly capacity: number;
    readonly maxBytes: number;
  },
): Intake {
  let waiting: Waiting[] = [];
  let bytes = 0;
  let last = 0;
  return {
    length: () => waiting.length,
    refusal: (size) => {
      if (waiting.length >= capacity) return "overflow";
      return bytes + size > maxBytes ? "bytes" : null;
    },
    add: (event, size) => {
      waiting.push({ event, size, number: ++last });
      bytes += size;
    },
    isHalfFull: () => 2 * waiting.length >= capacity || 2 * bytes >= maxBytes,
    first: (count) => waiting.slice(0, count).map(({ event }) => event),
    remove: (count) => {
      for (const { size } of waiting.slice(0, count)) bytes -= size;
      waiting = waiting.slice(count);
    },
    sift: (isKept) => {
      // All wait while they are asked about: who is asked may add events, or ask for all of them to be
      // stored.
      const gone = new Set(
        waiting.slice().filter(({ event }) => !isKept(event)),
      );
      waiting = waiting.filter((each) => !gone.has(each));
      for (const { size } of gone) bytes -= size;
      return gone.size;
    },
    clear: () => {
      const events = waiting.map(({ event }) => event);
      waiting = [];
      bytes = 0;
      return events;
    },
    last: () => last,
    isPast: (number) => (waiting[0]?.number ?? Infinity) > number,
  };
}

interface Waiting {
  readonly event: NewEvent;
  readonly size: number;
  readonly number: number;
}

import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { LogOpening } from "../../log/event_log.ts";
import type { EventStore } from "../../log/event_store.ts";
import {
  type ExposureWindow,
  exposureWindow,
  type SeenExposure,
} from "../../log/exposure_window.ts";
import { readExposures } from "../../log/read_exposures.ts";
import type { Clock } from "../../support/clock.ts";
import { within } from "../../support/within.ts";
import { exposureOf } from "./exposure_of.ts";

/** What filling a window from a log needs. */
export interface OpenExposuresOptions {
  /** The log. */
  readonly store: EventStore;
  /** What is filled. */
  readonly exposures: ExposureWindow;
  /** How many exposures it remembers. */
  readonly capacity: number;
  /** For how long, in milliseconds. */
  readonly maxAge: number;
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** Is told where the log can't be read: the window is then what was read before. */
  readonly onError: (error: unknown) => void;
  /** Is told of each event that was held and is to be recorded, in order. */
  readonly onKept: (event: NewEvent) => void;
  /** Is told of each that is not: it was recorded before. */
  readonly onRepeated: (event: NewEvent) => void;
}

/** The filling of a window of exposures. */
export interface OpeningExposures extends LogOpening {
  /** Whether events are still held. */
  readonly isHeld: () => boolean;
  /** Ends it. */
  readonly stop: () => void;
}

// A store that doesn't answer must not keep events from it: it may yet take them.
const longestOpening = 5000;

/** How many exposures are put into a window at once: that takes some milliseconds. */
const slice = 1000;

/**
 * Fills a window of exposures from a log, so that a client which starts again goes on where it was.
 * Meanwhile the window has what is recorded; when the log is read, that is sifted: what was recorded
 * before, in the log, is no longer new. Where reading takes longer than events can be held, the log
 * counts from when it is read.
 */
export function openExposures(options: OpenExposuresOptions): OpeningExposures {
  const { store, exposures, capacity, maxAge, clock, onError } = options;
  const pieces: (readonly SeenExposure[])[] = [];
  let earlier: ExposureWindow | null = null;
  let isHeld = true;
  let isStopped = false;
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = () => {
      isStopped = true;
      resolve();
    };
  });
  const pause = async () => {
    await within(stopped, 0, clock);
    return !isStopped;
  };
  // The newest come first and go in last. What is recorded meanwhile stays apart from them.
  const fill = async () => {
    const window = exposureWindow({ capacity, maxAge, clock });
    const seen = pieces.splice(0).reverse().flat();
    for (let start = 0; start < seen.length; start += slice) {
      if (start > 0 && !await pause()) return;
      for (const each of seen.slice(start, start + slice)) window.restore(each);
    }
    earlier = window;
    if (!isHeld) exposures.prepend(window);
  };
  const reading = readExposures(store, {
    capacity,
    maxAge,
    now: clock.now(),
    take: (piece) => pieces.push(piece),
    pause,
  }).catch((error) => {
    if (!isStopped) onError(error);
  }).then(fill);
  return {
    known: within(Promise.race([reading, stopped]), longestOpening, clock),
    open: () => {
      isHeld = false;
      if (earlier === null) {
        return (event) => {
          options.onKept(event);
          return true;
        };
      }
      exposures.clear();
      exposures.prepend(earlier);
      return (event) => {
        const identity = exposureOf(event);
        const isKept = identity === null ||
          exposures.markAt(event.time, ...identity);
        if (isKept) options.onKept(event);
        else options.onRepeated(event);
        return isKept;
      };
    },
    isHeld: () => isHeld,
    stop,
  };
}

import type { NewEvent } from "../../core/events/recorded_event.ts";
import type { LogOpening } from "../log/event_log.ts";
import type { EventStore } from "../log/event_store.ts";
import type { ExposureWindow, SeenExposure } from "../log/exposure_window.ts";
import { readExposures } from "../log/read_exposures.ts";
import type { Clock } from "../support/clock.ts";
import { within } from "../support/within.ts";
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

/**
 * Fills a window of exposures from a log, so that a client which starts again goes on where it was.
 * Meanwhile the window has what is recorded; when the log is read, that is sifted: what was recorded
 * before, in the log, is no longer new. Where reading takes longer than events can be held, the rest
 * of it counts from then on.
 */
export function openExposures(options: OpenExposuresOptions): OpeningExposures {
  const { store, exposures, clock, onError } = options;
  let pieces: (readonly SeenExposure[])[] = [];
  let isHeld = true;
  let isStopped = false;
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = () => {
      isStopped = true;
      resolve();
    };
  });
  const takePieces = () => {
    const earlier = pieces.reverse().flat();
    pieces = [];
    return earlier;
  };
  const reading = readExposures(store, {
    capacity: options.capacity,
    maxAge: options.maxAge,
    now: clock.now(),
    take: (piece) => pieces.push(piece),
    pause: async () => {
      await within(stopped, 0, clock);
      return !isStopped;
    },
  }).catch((error) => {
    if (!isStopped) onError(error);
  }).then(() => {
    if (!isHeld && !isStopped) exposures.restore(takePieces());
  });
  return {
    known: within(Promise.race([reading, stopped]), longestOpening, clock),
    open: () => {
      isHeld = false;
      exposures.clear();
      exposures.restore(takePieces());
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

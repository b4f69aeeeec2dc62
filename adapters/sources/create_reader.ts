import type { Payload } from "../../core/types/payload.ts";
import type { Clock } from "../support/time/clock.ts";
import { readInTurns, type ReadPayload, readPayload } from "./read_payload.ts";

/** Reads what a source emits, with suspicion. */
export interface PayloadReader {
  /**
   * Reads a payload and gives what comes of it, unless a later one was given before. What is encrypted or
   * large takes a while, except for what is large where `isAtOnce`.
   */
  readonly take: (
    input: unknown,
    give: (read: ReadPayload) => void,
    isAtOnce: boolean,
  ) => void | Promise<void>;
  /** Takes note of a payload that was read already: it comes after all before it. */
  readonly skip: () => void;
  /** Tells whether a payload came. */
  readonly hasTaken: () => boolean;
  /** Stops: what is being read is dropped. */
  readonly stop: () => void;
}

/** What reading payloads takes. */
export interface PayloadReaderOptions {
  /** The key, where payloads are encrypted. */
  readonly decryptionKey?: string | undefined;
  /** Waits for the next turn. */
  readonly clock: Clock;
  /** Gives the payload that serves. */
  readonly payload: () => Payload | null;
}

/** Makes what reads the payloads of a source. */
export function createReader(
  { decryptionKey, clock, payload }: PayloadReaderOptions,
): PayloadReader {
  let received = 0;
  let given = 0;
  let isStopped = false;
  return {
    take: (input, give, isAtOnce) => {
      const place = ++received;
      const isOver = () => isStopped || place < given;
      const finish = (read: ReadPayload | null) => {
        if (read === null || isOver()) return;
        given = place;
        give(read);
      };
      const read = isAtOnce ? readPayload(input, decryptionKey) : readInTurns(
        input,
        {
          decryptionKey,
          previous: payload(),
          clock,
          time: clock.monotonic ?? clock.now,
          isOver,
        },
      );
      return read instanceof Promise ? read.then(finish) : finish(read);
    },
    skip: () => {
      given = ++received;
    },
    hasTaken: () => received > 0,
    stop: () => {
      isStopped = true;
    },
  };
}

import type { ParkReason } from "../../log/port/parked_event.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { TimeoutOptions } from "../../support/time/timeout_options.ts";
import type { DeliverySettings } from "../machine/delivery_settings.ts";
import type { PauseReason } from "../machine/delivery_state.ts";

/** A call to a destination, as an engine makes it. */
export interface EngineCall {
  /** How often the items were handed over, this time included. */
  readonly attempt: number;
  /** Is aborted when the answer is no longer waited for. It is made when it is asked for. */
  readonly signal: () => AbortSignal;
}

/** What an engine is made with. */
export interface EngineOptions<Item> {
  /** How it goes about it. */
  readonly settings: DeliverySettings;
  /**
   * Hands items over. What it throws, or its promise rejects with, is read by `failureOf`; an answer
   * that it returns, or fulfils its promise with, says what became of each item, and anything else
   * that all were taken.
   */
  readonly call: (items: readonly Item[], call: EngineCall) => unknown;
  /** Is told of items that were taken. */
  readonly onDelivered: (items: readonly Item[]) => void;
  /** Is told of items to be parked. */
  readonly onParked: (
    items: readonly Item[],
    parking: EngineParking,
  ) => void;
  /** Is told of items that were given up. */
  readonly onDropped: (items: readonly Item[]) => void;
  /**
   * Is asked before each hand-over which items are another owner's now; null where none are, as by
   * default. Those are given up.
   */
  readonly findLost?: () => ((item: Item) => boolean) | null;
  /** Is told what a destination threw, or why it is paused. Does not throw. */
  readonly onFailure: (error: unknown) => void;
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** How many milliseconds have passed since some moment; never less than before. */
  readonly passed: () => number;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
  /** The most items that it may have at once; past that the oldest in no call are given up. */
  readonly capacity?: number;
  /** The most characters that they have together, likewise. */
  readonly maxCharacters?: number;
  /** Whether its timers keep a process alive; they don't by default. */
  readonly keepsAlive?: boolean;
}

/** Why items are parked, and after how many attempts. */
export interface EngineParking {
  /** How often they were handed over. */
  readonly attempts: number;
  /** Why. */
  readonly reason: ParkReason;
  /** What the destination said last. */
  readonly message: string;
}

/** What an engine delivers. */
export interface EngineItem {
  /** How many items were added before it. The engine sets it. */
  order: number;
  /** How many characters its JSON has, about: a call has a bounded number of them. */
  readonly characters: number;
}

/** Delivers items to a destination. */
export interface Engine<Item extends EngineItem> {
  /** Adds items; they are handed over soon, in a turn of their own. */
  readonly add: (items: readonly Item[]) => void;
  /** Adds one. */
  readonly addOne: (item: Item) => void;
  /** Does now what is due, without waiting for a timer. */
  readonly catchUp: () => void;
  /** How many items are not settled. */
  readonly pending: () => number;
  /** Whether it has nothing to do, nothing failed lately, and it would hand over what came now. */
  readonly isClear: () => boolean;
  /** The items that are not settled, those that were tried first. */
  readonly unsettled: () => readonly Item[];
  /** Why nothing is delivered; null where it is. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the destination said last that it could not take something; null where it never did. */
  readonly lastError: () => string | null;
  /** Delivers nothing more until it is resumed. */
  readonly pause: (reason: PauseReason) => void;
  /** Goes on, at once. */
  readonly resume: () => void;
  /**
   * Tries what waits once at once, and waits until everything that is not settled now is: true where
   * it is, false where the time is over, or the delivery is paused or stopped.
   */
  readonly flush: (limit: TimeoutOptions) => Promise<boolean>;
  /** Gives up the items for which a test holds, and aborts the calls that they are in. */
  readonly forget: (isGone: (item: Item) => boolean) => void;
  /** Ends it: open calls are aborted, and nothing is handed over any more. Items stay unsettled. */
  readonly stop: () => void;
}

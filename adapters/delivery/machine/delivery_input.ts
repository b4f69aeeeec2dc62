import type { ParkReason } from "../../log/port/parked_event.ts";
import type { DeliveryFailure } from "../delivery_failure.ts";
import type { Parcel } from "./parcel.ts";
import type { PauseReason } from "./delivery_state.ts";

/** What came of a call. */
export type Answer<Item> =
  /** All of its items were taken. */
  | { readonly type: "taken" }
  /** Some items were taken; the others were refused for good, or are to be tried again. */
  | {
    readonly type: "partly";
    readonly refused: readonly RefusedItem<Item>[];
    readonly again: readonly Item[];
    /** What kept those from being taken; without it, it counts as an attempt of each. */
    readonly failure?: DeliveryFailure;
  }
  /** None of them was taken. */
  | { readonly type: "failed"; readonly failure: DeliveryFailure }
  /** They were not handed over after all: they wait, and go first. */
  | { readonly type: "given-back" };

/** Marks what a call returns as an answer for the engine, since a callback may return anything. */
export const answerSymbol: unique symbol = /* @__PURE__ */ Symbol("answer");

/** An item that a destination has named as one that it will never take. */
export interface RefusedItem<Item> {
  /** The item. */
  readonly item: Item;
  /** Why, in the destination's words. */
  readonly message: string;
  /** Why, for programs; `refused` by default. */
  readonly reason?: ParkReason;
}

/** What happens to a delivery. */
export type DeliveryInput<Item> =
  /** More items have come, in order. */
  | { readonly type: "add"; readonly items: readonly Item[] }
  /** Calls were answered. */
  | { readonly type: "answers"; readonly answers: readonly CallAnswer<Item>[] }
  /** Time has passed. */
  | { readonly type: "time" }
  /** A caller waits for everything to be settled: what waits is tried at once. */
  | { readonly type: "hurry" }
  /** No caller waits any longer. */
  | { readonly type: "relax" }
  /** Nothing is to be delivered. */
  | { readonly type: "pause"; readonly reason: PauseReason }
  /** It goes on, at once. */
  | { readonly type: "resume" }
  /** The oldest items that are in no open call are given up: there are too many. */
  | { readonly type: "drop"; readonly count: number }
  /** A call is not made after all: its items wait, and go first. Nothing is handed over in its place. */
  | { readonly type: "withdraw"; readonly call: number }
  /** Items are given up, such as when they belong to another owner now; all where there is no test. */
  | { readonly type: "forget"; readonly isGone?: (item: Item) => boolean };

/** The answer to a call. */
export interface CallAnswer<Item> {
  /** The number of the call. */
  readonly call: number;
  /** What came of it. */
  readonly answer: Answer<Item>;
}

/** What is to be done. */
export type DeliveryAction<Item> =
  /** Hand items over. `call` is the number that the answer refers to. */
  | {
    readonly type: "hand-over";
    readonly call: number;
    readonly parcel: Parcel<Item>;
  }
  /** Items are settled: they were taken. */
  | { readonly type: "delivered"; readonly items: readonly Item[] }
  /** Items are settled: they are to be parked. */
  | {
    readonly type: "park";
    readonly items: readonly Item[];
    readonly attempts: number;
    readonly reason: ParkReason;
    readonly message: string;
  }
  /** Items are settled: they are given up. */
  | { readonly type: "dropped"; readonly items: readonly Item[] }
  /** A call is given up: its answer is no longer waited for. */
  | { readonly type: "abort"; readonly call: number }
  /** Nothing is delivered until it is resumed. */
  | { readonly type: "paused"; readonly reason: PauseReason };

/** What a delivery knows of the world when something happens. */
export interface DeliveryMoment {
  /** What time it is, in milliseconds since some moment; never less than before. */
  readonly now: number;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
}

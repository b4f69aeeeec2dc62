import type { DeliverySettings } from "./delivery_settings.ts";
import { emptyLine, type Line, listLine } from "./line.ts";
import type { Parcel } from "./parcel.ts";

/**
 * Why nothing is delivered, or as good as nothing.
 *
 * - `consent`: tracking is paused by the application
 * - `application`: the consumer is paused by the application
 * - `destination`: the destination said that it takes nothing until something is changed, such as
 *   credentials
 * - `refusals`: it refused five events in a row, one by one, and took none in between
 * - `outage`: nothing succeeds; one call is made at a time, with growing pauses
 */
export const pauseReasons = [
  "consent",
  "application",
  "destination",
  "refusals",
  "outage",
] as const;

/** Why nothing is delivered; see {@linkcode pauseReasons}. */
export type PauseReason = typeof pauseReasons[number];

/** A call that is open. */
export interface OpenCall<Item> {
  /** What it handed over. */
  readonly parcel: Parcel<Item>;
  /** When it has failed if there is no answer. */
  readonly deadline: number;
}

/** Where all items of a delivery are. Times are in milliseconds since some moment. */
export interface DeliveryState<Item> {
  /** How it goes about it. */
  readonly settings: DeliverySettings;
  /** Items that were not tried yet. */
  readonly fresh: Line<Item>;
  /** Since when the oldest of them waits for its call to be filled. */
  readonly freshSince: number;
  /** Parcels that are handed over before fresh items: halves of one that failed. */
  readonly next: readonly Parcel<Item>[];
  /** Parcels that failed and wait, in the order in which they are due. */
  readonly waiting: readonly Parcel<Item>[];
  /** The calls that are open, by number. */
  readonly open: ReadonlyMap<number, OpenCall<Item>>;
  /** The number of the next call. */
  readonly nextCall: number;
  /** How many calls succeeded. */
  readonly successes: number;
  /** How many different parcels failed since a call succeeded. */
  readonly failures: number;
  /** How many items were refused one by one in a row, since a call succeeded. */
  readonly refusals: number;
  /** Before this time nothing is handed over. */
  readonly restUntil: number;
  /** How many such rests there were in a row, since a call succeeded. */
  readonly rests: number;
  /** Whether the destination itself asked for that rest: a flush does not end it. */
  readonly isRestAsked: boolean;
  /** Before this time no call begins, because of the interval. */
  readonly nextStart: number;
  /** Why nothing is delivered; null where it is. `outage` is never in here: see `pausedBecause`. */
  readonly paused: PauseReason | null;
  /** How many items a call hands over at most: less than the settings say where a call was too large. */
  readonly sizeLimit: number;
  /** How many calls have to succeed before it is tried whether twice as many items go. */
  readonly untilLarger: number;
  /** Whether items are not gathered, because a caller waits. */
  readonly isHurried: boolean;
}

/** So many different parcels that fail in a row, without a success, are an outage. */
const outageAfter = 5;

/** Gives the state of a delivery that has no items yet. */
export function initialDelivery<Item>(
  settings: DeliverySettings,
): DeliveryState<Item> {
  return {
    settings,
    fresh: emptyLine,
    freshSince: 0,
    next: [],
    waiting: [],
    open: new Map(),
    nextCall: 1,
    successes: 0,
    failures: 0,
    refusals: 0,
    restUntil: 0,
    rests: 0,
    isRestAsked: false,
    nextStart: 0,
    paused: null,
    sizeLimit: settings.batchSize,
    untilLarger: 0,
    isHurried: false,
  };
}

/** Tells whether nothing succeeds: then one call is made at a time. */
export function isOutage(
  { failures }: Pick<DeliveryState<unknown>, "failures">,
): boolean {
  return failures >= outageAfter;
}

/** Tells whether nothing failed since a call succeeded, and nothing keeps items from being handed over. */
export function isClear(
  { paused, failures, refusals, restUntil }: DeliveryState<unknown>,
  now: number,
): boolean {
  return paused === null && failures === 0 && refusals === 0 &&
    now >= restUntil;
}

/** Tells why nothing is delivered, or as good as nothing; null where all is well. */
export function pausedBecause(
  state: DeliveryState<unknown>,
): PauseReason | null {
  return state.paused ?? (isOutage(state) ? "outage" : null);
}

/** Lists the items that are not settled: those that were tried before those that were not. */
export function listUnsettled<Item>(
  { open, next, waiting, fresh }: DeliveryState<Item>,
): readonly Item[] {
  return [
    ...[...open.values()].flatMap(({ parcel }) => parcel.items),
    ...next.flatMap(({ items }) => items),
    ...waiting.flatMap(({ items }) => items),
    ...listLine(fresh),
  ];
}

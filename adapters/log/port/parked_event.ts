import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";

/**
 * Why an event is parked.
 *
 * - `refused`: the destination said that it will never take it
 * - `attempts`: it failed too often while others succeeded
 * - `unreadable`: it has a shape that this version of the library does not know; no attempt was made
 * - `too-old`: the destination takes nothing of that age; no attempt was made
 * - `unsure`: it is not known whether the destination took it, and it can't tell a repetition
 */
export const parkReasons = [
  "refused",
  "attempts",
  "unreadable",
  "too-old",
  "unsure",
] as const;

/** Why an event is parked; see {@linkcode parkReasons}. */
export type ParkReason = typeof parkReasons[number];

/** An event to be parked. */
export interface ParkingEvent {
  /** The event, whole: it outlives its place in the log. */
  readonly event: RecordedEvent;
  /** Why. */
  readonly reason: ParkReason;
  /** How often it was tried. */
  readonly attempts: number;
  /** What the consumer said last, at most 1,000 characters, without secrets. */
  readonly message: string;
}

/** An event that a consumer could not take, kept until it is delivered again or forgotten. */
export interface ParkedEvent extends ParkingEvent {
  /** When it was parked last, by the store's clock, in milliseconds since 1970. */
  readonly time: number;
  /** Whether `redeliver` was called for it, and it was neither delivered nor parked again since. */
  readonly isDue: boolean;
}

/** How much a store keeps of what a consumer has parked; past a bound, the oldest go first. */
export const parkedBounds: {
  /** How many events. */
  readonly events: number;
  /** How many characters their JSON has in all. */
  readonly characters: number;
  /** For how long, in milliseconds since they were parked last. */
  readonly age: number;
} = Object.freeze({
  events: 1_000,
  characters: 16_000_000,
  age: 30 * 86_400_000,
});

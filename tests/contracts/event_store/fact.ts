import type { EventStore } from "../../../adapters/log/port/event_store.ts";

/** What a fact is checked with. */
export interface FactSetting {
  /** A clock of the store's, which the fact may set, in milliseconds since 1970. */
  readonly clock: { time: number };
  /**
   * Opens the same log again, as another process does; the store itself where it can't be shared in
   * that way. The suite closes it.
   */
  readonly again: () => Promise<EventStore>;
}

/** Checks a fact of an empty store. */
export type Check = (
  store: EventStore,
  setting: FactSetting,
) => void | Promise<void>;

/** Something that every store has to do, in words, and what checks it. */
export type Fact = readonly [fact: string, check: Check];

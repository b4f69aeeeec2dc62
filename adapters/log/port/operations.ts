import type { EventStore } from "./event_store.ts";

/** The operations of a store that owners use. */
export type OwnerOperations = Pick<
  EventStore,
  "consumers" | "claim" | "commit" | "release"
>;

/** The operations of a store on what its consumers have parked. */
export type ParkedOperations = Pick<
  EventStore,
  "park" | "parked" | "redeliver" | "unpark"
>;

/** The operations of a store on its consumers, and on what they have parked. */
export type ConsumerOperations = OwnerOperations & ParkedOperations;

import type { StoredLineOptions } from "../../line/line.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";

/** What keeping lanes needs. */
export interface LaneOptions extends
  Pick<
    StoredLineOptions,
    | "store"
    | "tally"
    | "tell"
    | "capacity"
    | "clock"
    | "passed"
    | "delayAfter"
    | "payload"
    | "maker"
    | "createOwner"
    | "beginCall"
    | "within"
  > {
  /** The consumers, with their engines. */
  readonly consumers: readonly StoreConsumer[];
  /** Ends it. */
  readonly signal: AbortSignal;
  /** What ends each pause before the store is tried again. */
  readonly pauses: Set<() => void>;
  /** Is told of what the store rejects with. Does not throw. */
  readonly report: (error: unknown) => void;
}

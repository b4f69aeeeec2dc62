import type { ConsumerCounts, ConsumerLedger } from "./consumer.ts";
import { countPending } from "./count_pending.ts";
import type { EventStore } from "../../log/event_store.ts";

/** What a ledger is made of. */
export interface LedgerOptions {
  readonly store: EventStore;
  /** The consumer's name. */
  readonly name: string;
  /** The types of events that it wants; all when absent. */
  readonly types: readonly string[] | undefined;
  /** What it settled itself. */
  readonly counts: ConsumerCounts;
  /** Where it was last; null where only the store knows. */
  readonly known: () => number | null;
}

/** Tells where all events of a consumer are: what it settled, and what is in the store before it. */
export async function readLedger(
  { store, name, types, counts, known }: LedgerOptions,
): Promise<ConsumerLedger> {
  for (let tries = 1;; tries++) {
    const { delivered, parked, dropped } = counts;
    const from = known();
    const after = from ?? await store.checkpoint(name);
    const ahead = await countPending(store, name, types, after);
    // What was settled meanwhile may have left the store, too, and then nobody counted it.
    if (known() !== from && tries < 10) continue;
    const { pending } = ahead;
    const lost = dropped + ahead.dropped;
    const accepted = delivered + pending + parked + lost;
    return { accepted, delivered, pending, parked, dropped: lost };
  }
}

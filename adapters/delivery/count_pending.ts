import type { EventStore } from "../log/port/event_store.ts";
import { droppedFor, wantsType } from "./wants_type.ts";

/** What a store holds for a consumer. */
export interface PendingCounts {
  /** The events that it wants and did not get yet. */
  readonly pending: number;
  /** Those that are lost to it, as events tell that it did not get yet. */
  readonly dropped: number;
}

/**
 * Counts what a store holds for a consumer after a position, by reading it. When events are removed
 * meanwhile it counts again, so that none counts as pending and as lost.
 */
export async function countPending(
  store: Pick<EventStore, "positions" | "read">,
  name: string,
  types: readonly string[] | undefined,
  after: number,
): Promise<PendingCounts> {
  for (;;) {
    const { first } = await store.positions();
    let pending = 0;
    let dropped = 0;
    let position = after;
    for (;;) {
      const events = await store.read(position);
      if (events.length === 0) break;
      for (const event of events) {
        if (wantsType(types, event.type)) pending++;
        dropped += droppedFor(name, types, event);
      }
      position = events[events.length - 1]!.position;
    }
    const now = await store.positions();
    // From 0, where the store was empty, the first event is no removal.
    if (Math.max(first, after + 1) >= now.first) return { pending, dropped };
  }
}

import type { ClientItem } from "../consumers/client_item.ts";
import type { StoreConsumer } from "./create_store_consumer.ts";

/**
 * The events that this client recorded and another one delivers, since it has taken over their lane.
 * They are pending until the store says what became of them.
 */
export interface LostEvents {
  /** Takes note of those of a consumer's items that this client recorded. */
  readonly note: (
    consumer: StoreConsumer,
    lane: string,
    items: readonly ClientItem[],
  ) => void;
  /** Counts those at the positions for which a test holds as delivered. */
  readonly settle: (
    consumer: StoreConsumer,
    lane: string,
    isSettled: (position: number) => boolean,
  ) => void;
  /** Forgets those of a lane: this client has it again. */
  readonly forget: (consumer: StoreConsumer, lane: string) => void;
  /** The lanes that such events of a consumer are in. */
  readonly lanesOf: (consumer: StoreConsumer) => readonly string[];
  /** Whether there are any. */
  readonly isAny: () => boolean;
}

/** Makes the list, which is empty at first. */
export function createLostEvents(): LostEvents {
  const lost = new Map<StoreConsumer, Map<string, Set<number>>>();
  const forget: LostEvents["forget"] = (consumer, lane) => {
    const lanes = lost.get(consumer);
    lanes?.delete(lane);
    if (lanes?.size === 0) lost.delete(consumer);
  };
  return {
    forget,
    note: (consumer, lane, items) => {
      for (const { event, isOwn } of items) {
        if (!isOwn || event === null) continue;
        const lanes = lost.get(consumer) ?? new Map<string, Set<number>>();
        lost.set(consumer, lanes);
        const positions = lanes.get(lane) ?? new Set<number>();
        lanes.set(lane, positions.add(event.position));
      }
    },
    settle: (consumer, lane, isSettled) => {
      const positions = lost.get(consumer)?.get(lane);
      if (positions === undefined) return;
      for (const position of positions) {
        if (!isSettled(position)) continue;
        positions.delete(position);
        consumer.counts.delivered++;
      }
      if (positions.size === 0) forget(consumer, lane);
    },
    lanesOf: (consumer) => [...lost.get(consumer)?.keys() ?? []],
    isAny: () => lost.size > 0,
  };
}

import type { RecordedEvent } from "../../../../../core/events/types/recorded_event.ts";
import { type Checkpoint, isSettled } from "../../../../log/port/checkpoint.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";

/** Events of a lane that no item was made of, since they are read from the store. */
export interface UnreadEvents {
  /** They come after this position. */
  readonly after: number;
  /** The position of the last of them. */
  readonly through: number;
  /** How many of those between are this client's. */
  readonly count: number;
}

/** What is lost of a lane. */
interface LostLane {
  /** The positions of events, by their ids: an id stays what it is where the log moves. */
  readonly positions: Map<string, number>;
  /** Those that were not read. */
  unread: UnreadEvents | null;
}

/**
 * The events that this client recorded and another one delivers, since it has taken over their lane.
 * They are pending until the store says what became of them, or this client delivers them after all.
 */
export interface LostEvents {
  /** Takes note of events of a consumer's lane that this client recorded. */
  readonly note: (
    consumer: StoreConsumer,
    lane: string,
    events: readonly Pick<RecordedEvent, "id" | "position">[],
    unread?: UnreadEvents,
  ) => void;
  /** Counts those as delivered that a checkpoint of their lane has settled. */
  readonly settle: (
    consumer: StoreConsumer,
    lane: string,
    checkpoint: Checkpoint,
  ) => void;
  /** Tells whether an event is one of them, and forgets it: this client has it again. */
  readonly take: (
    consumer: StoreConsumer,
    lane: string,
    event: Pick<RecordedEvent, "id" | "position">,
  ) => boolean;
  /** Forgets events, whatever their lane: this client has them in another one. */
  readonly forget: (
    consumer: StoreConsumer,
    events: readonly Pick<RecordedEvent, "id">[],
  ) => void;
  /** The lanes that such events of a consumer are in. */
  readonly lanesOf: (consumer: StoreConsumer) => readonly string[];
  /** The last position of which note was taken; 0 before the first. */
  readonly newest: () => number;
  /** Whether there are any. */
  readonly isAny: () => boolean;
}

/** Makes the list, which is empty at first. */
export function createLostEvents(): LostEvents {
  const lost = new Map<StoreConsumer, Map<string, LostLane>>();
  let newest = 0;
  const open = (consumer: StoreConsumer, name: string): LostLane => {
    const lanes = lost.get(consumer) ?? new Map<string, LostLane>();
    lost.set(consumer, lanes);
    const lane = lanes.get(name) ?? { positions: new Map(), unread: null };
    lanes.set(name, lane);
    return lane;
  };
  const forgetIfEmpty = (consumer: StoreConsumer, name: string) => {
    const lanes = lost.get(consumer)!;
    const { positions, unread } = lanes.get(name)!;
    if (positions.size > 0 || unread !== null) return;
    lanes.delete(name);
    if (lanes.size === 0) lost.delete(consumer);
  };
  return {
    note: (consumer, name, events, unread) => {
      if (events.length === 0 && unread === undefined) return;
      const lane = open(consumer, name);
      for (const { id, position } of events) {
        lane.positions.set(id, position);
        newest = Math.max(newest, position);
      }
      if (unread === undefined) return;
      lane.unread = unread;
      newest = Math.max(newest, unread.through);
    },
    settle: (consumer, name, checkpoint) => {
      const lane = lost.get(consumer)?.get(name);
      if (lane === undefined) return;
      const { positions, unread } = lane;
      for (const [id, position] of positions) {
        if (!isSettled(checkpoint, position)) continue;
        positions.delete(id);
        consumer.counts.delivered++;
      }
      if (unread !== null && isPast(checkpoint, unread)) {
        consumer.counts.delivered += unread.count;
        lane.unread = null;
      }
      forgetIfEmpty(consumer, name);
    },
    take: (consumer, name, { id, position }) => {
      const lane = lost.get(consumer)?.get(name);
      if (lane === undefined) return false;
      const { positions, unread } = lane;
      const isUnread = unread !== null && position > unread.after &&
        position <= unread.through;
      if (!positions.delete(id)) {
        if (!isUnread) return false;
        const count = unread.count - 1;
        lane.unread = count > 0 ? { ...unread, count } : null;
      }
      forgetIfEmpty(consumer, name);
      return true;
    },
    forget: (consumer, events) => {
      for (const [name, { positions }] of lost.get(consumer) ?? []) {
        for (const { id } of events) positions.delete(id);
        forgetIfEmpty(consumer, name);
      }
    },
    lanesOf: (consumer) => [...lost.get(consumer)?.keys() ?? []],
    newest: () => newest,
    isAny: () => lost.size > 0,
  };
}

function isPast(
  { position, unsettled }: Checkpoint,
  { after, through }: UnreadEvents,
): boolean {
  return position >= through &&
    unsettled.every((each) => each <= after || each > through);
}

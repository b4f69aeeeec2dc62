import {
  createLedger,
  type Ledger,
} from "../../../../delivery/store/create_ledger.ts";
import {
  createLogReader,
  type LogReader,
} from "../../../../delivery/store/create_log_reader.ts";
import type { InsistOptions } from "../../../../delivery/store/insist.ts";
import type { RecordedEvent } from "../../../../../core/events/types/recorded_event.ts";
import type { EventStore } from "../../../../log/port/event_store.ts";
import type { ClientItem } from "../../engines/client_item.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import {
  createUnreadPositions,
  type UnreadPositions,
} from "./unread_positions.ts";

/** A lane that is delivered for a consumer. */
export interface Lane {
  readonly consumer: StoreConsumer;
  readonly ledger: Ledger;
  readonly reader: LogReader;
  /** Whether this client appends to it, and gives what is stored to the consumer from memory. */
  isOwn: boolean;
  /** Whether what is stored goes to the consumer by way of the store: there was no room in memory. */
  isBehind: boolean;
  /** Where the events are that this client stored and that are still to be read from the store. */
  readonly unread: UnreadPositions;
  /** The ids of those that were read before the store had answered that it has them. */
  readonly early: Set<string>;
  /** The position of the last event that this client stored. */
  lastStored: number;
}

/** What beginning a lane needs. */
export interface BeginLaneOptions extends InsistOptions {
  readonly store: EventStore;
  /** The most items that a consumer has in memory. */
  readonly capacity: number;
  /** The id of this owner, which is that of its own lane, too. */
  readonly owner: string;
  /** Whether this client is about to append to the lane, which has no events yet. */
  readonly isOwn: boolean;
  /** Makes the item of an event that was read. */
  readonly makeItem: (event: RecordedEvent, lane: Lane) => ClientItem;
}

/** Claims a lane for a consumer, and makes what reads it; null where another owner has it. */
export async function beginLane(
  consumer: StoreConsumer,
  name: string,
  options: BeginLaneOptions,
): Promise<Lane | null> {
  const { store, owner, isOwn, capacity } = options;
  const key = { name: consumer.name, lane: name };
  const claim = await store.claim(key, owner);
  if (claim === null) return null;
  const ledger = createLedger({
    ...options,
    key,
    claim,
    onLost: () => consumer.engine.catchUp(),
  });
  const reader = createLogReader({
    store,
    ledger,
    unsettled: claim.checkpoint.unsettled,
    engine: consumer.engine,
    name: consumer.name,
    types: consumer.types,
    limit: Math.min(1_000, capacity),
    onPassed: ({ events }) => {
      for (const { position, type } of events) {
        if (position > lane.lastStored) break;
        lane.unread.pass(position, type === "erased");
      }
    },
    makeItem: (event) => options.makeItem(event, lane),
  });
  consumer.storage.ledgers.add(ledger);
  const lane: Lane = {
    consumer,
    ledger,
    reader,
    isOwn,
    isBehind: false,
    unread: createUnreadPositions(),
    early: new Set(),
    lastStored: 0,
  };
  return lane;
}

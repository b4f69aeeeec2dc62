import { wholeLog } from "../../log/port/consumer_key.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { Engine } from "../engine/engine.ts";
import { createLedger, type Ledger } from "./create_ledger.ts";
import {
  createLogReader,
  type LogReader,
  type LogReaderOptions,
} from "./create_log_reader.ts";
import type { InsistOptions } from "./insist.ts";
import { type StoreItem, storeItem } from "./store_item.ts";

/** A whole log that is read for a consumer, as long as its name is claimed. */
export interface ClaimedLog {
  /** Claims the name where it is free, and reads on. Rejects where the store fails. */
  readonly step: () => Promise<void>;
  /** The position up to which it has read; null while another owner has the name. */
  readonly readTo: () => number | null;
  /** How many events up to there are still to be read once more. */
  readonly left: () => number;
  /** Tells which items are another owner's now; null where none are. */
  readonly findLost: () => ((item: StoreItem) => boolean) | null;
  /** Waits until the store knows what is settled. */
  readonly committed: () => Promise<void>;
  /** Gives the name back, once for each claim. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What reading a whole log needs. */
export interface ClaimedLogOptions
  extends
    InsistOptions,
    Pick<LogReaderOptions<StoreItem>, "name" | "types" | "limit" | "onPassed"> {
  readonly store: EventStore;
  /** Gives the id of the owner. */
  readonly owner: () => string;
  readonly engine: Engine<StoreItem>;
  /** Is told that the name is another owner's now. */
  readonly onLost: () => void;
}

/** What is claimed, and how it is read. */
interface Claimed {
  readonly ledger: Ledger;
  readonly reader: LogReader;
  /** How often the end of the log had gone back by then. */
  readonly moves: number | undefined;
}

/** Makes the log, which is not claimed at first. */
export function createClaimedLog(options: ClaimedLogOptions): ClaimedLog {
  const { store, name, engine, report } = options;
  let claimed: Claimed | null = null;
  let closed: Ledger | undefined;

  const begin = async (): Promise<Claimed | null> => {
    const key = { name, lane: wholeLog };
    const owner = options.owner();
    const claim = await store.claim(key, owner);
    if (claim === null) return null;
    const { last, moves } = await store.positions();
    let { checkpoint } = claim;
    // A log that came back without its end has other events at those positions now.
    if (checkpoint.position > last) {
      const { position } = checkpoint;
      const what = `The checkpoint of ${JSON.stringify(name)} is ${position}`;
      const why = `the log ends at ${last}: it is read from its beginning`;
      report(new Error(`${what}, and ${why}`));
      checkpoint = { position: 0, unsettled: [] };
    }
    const ledger = createLedger({
      ...options,
      key,
      owner,
      claim: { ...claim, checkpoint },
    });
    const reader = createLogReader({
      ...options,
      ledger,
      unsettled: checkpoint.unsettled,
      makeItem: (event) => storeItem(event, ledger),
    });
    return claimed = { ledger, reader, moves };
  };
  const end = () => {
    const lost = claimed?.ledger;
    claimed = null;
    if (lost !== undefined) engine.forget((item) => item.ledger === lost);
  };
  return {
    step: async () => {
      if (claimed !== null && !claimed.ledger.isHeld()) end();
      let current = claimed ?? await begin();
      if (current === null) return;
      const { moves } = await store.positions();
      if (moves !== current.moves) {
        end();
        current = await begin();
      }
      await current?.reader.read();
    },
    readTo: () => claimed?.ledger.readTo() ?? null,
    left: () => claimed?.reader.left() ?? 0,
    findLost: () => {
      if (claimed === null || claimed.ledger.isHeld()) return null;
      const lost = claimed.ledger;
      options.onLost();
      return (item) => item.ledger === lost;
    },
    committed: () => claimed?.ledger.committed() ?? Promise.resolve(),
    close: async () => {
      const ledger = claimed?.ledger;
      if (ledger === closed) return;
      closed = ledger;
      await ledger?.close();
    },
  };
}

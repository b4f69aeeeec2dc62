import { type Checkpoint, maxUnsettled } from "../../log/port/checkpoint.ts";
import type { ConsumerKey } from "../../log/port/consumer_key.ts";
import type { Claim, EventStore } from "../../log/port/event_store.ts";
import type { ParkingEvent } from "../../log/port/parked_event.ts";
import { insist, type InsistOptions } from "./insist.ts";

/** What an owner has read and settled of the key that it has claimed, and the way of that to the store. */
export interface Ledger {
  /** What was claimed. */
  readonly key: ConsumerKey;
  /** The owner that has claimed it. */
  readonly owner: string;
  /** Whether it may hand over: the claim is held, and nothing was lost. */
  readonly isHeld: () => boolean;
  /** How many more events may be read before one has to settle. */
  readonly room: () => number;
  /** The position up to which it has read. */
  readonly readTo: () => number;
  /** Notes that events were read up to a position, of which those at some positions are to be settled. */
  readonly read: (through: number, wanted: readonly number[]) => void;
  /** Settles the event at a position. */
  readonly settle: (position: number) => void;
  /** Parks events in the store, and settles them after that. */
  readonly park: (events: readonly ParkingEvent[]) => void;
  /** Waits until the store knows what is settled now; at once where it does. Never rejects. */
  readonly committed: () => Promise<void>;
  /** Tells the store what is settled, gives the key back, and ends. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What a ledger is made of. */
export interface LedgerOptions extends InsistOptions {
  /** The store. */
  readonly store: EventStore;
  /** What was claimed. */
  readonly key: ConsumerKey;
  /** The owner that has claimed it. */
  readonly owner: string;
  /** The claim. */
  readonly claim: Claim;
  /** Is told once when the claim turns out to be another's. */
  readonly onLost: () => void;
}

/**
 * Makes a ledger. What is settled goes to the store soon, in one commit at a time, and what is settled
 * meanwhile in the next. A store that fails is tried again; meanwhile deliveries go on, and a crash
 * then repeats what the store was not told.
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { store, key, owner, claim, onLost } = options;
  const outstanding = new Set<number>(claim.checkpoint.unsettled);
  let readTo = claim.checkpoint.position;
  let isLost = false;
  let isClosed = false;
  let isDirty = false;
  let committing: Promise<void> | null = null;
  const notHeld = Promise.resolve(false);
  const parkings = new Set<Promise<void>>();

  const checkpoint = (): Checkpoint => {
    const unsettled: number[] = [];
    for (const position of outstanding) {
      if (unsettled.length === maxUnsettled) {
        return { position: position - 1, unsettled };
      }
      unsettled.push(position);
    }
    return { position: readTo, unsettled };
  };
  const lose = () => {
    if (isLost) return;
    isLost = true;
    onLost();
  };
  const commitAll = async () => {
    // What settles in the same turn goes together.
    await Promise.resolve();
    try {
      while (isDirty && !isLost) {
        isDirty = false;
        const next = checkpoint();
        const isDone = await insist(
          // A later claim of the same owner may go by other positions.
          () => claim.isHeld() ? store.commit(key, owner, next) : notHeld,
          options,
        );
        if (isDone === null) return;
        if (!isDone) lose();
      }
    } finally {
      // At once: what settles from here on is for the next one.
      committing = null;
    }
  };
  const commit = () => {
    isDirty = true;
    committing ??= commitAll().catch(options.report);
  };
  const committed = async () => {
    while (!isLost && !options.signal.aborted) {
      if (parkings.size > 0) await Promise.all(parkings);
      else if (committing !== null) await committing;
      else return;
    }
  };
  const parkNow = async (events: readonly ParkingEvent[]) => {
    const isDone = await insist(() => store.park(key, owner, events), options);
    if (isDone === false) lose();
    if (isDone !== true) return;
    for (const { event } of events) outstanding.delete(event.position);
    commit();
  };

  return {
    key,
    owner,
    isHeld: () => !isLost && !isClosed && claim.isHeld(),
    room: () => maxUnsettled - outstanding.size,
    readTo: () => readTo,
    read: (through, wanted) => {
      for (const position of wanted) outstanding.add(position);
      readTo = Math.max(readTo, through);
      if (wanted.length === 0) commit();
    },
    settle: (position) => {
      if (outstanding.delete(position)) commit();
    },
    park: (events) => {
      const parking: Promise<void> = parkNow(events).catch(options.report)
        .finally(() => parkings.delete(parking));
      parkings.add(parking);
    },
    committed,
    close: async () => {
      await committed();
      isClosed = true;
      if (isLost) return;
      try {
        await store.release(key, owner);
      } catch (error) {
        options.report(error);
      }
    },
  };
}

import {
  type ConsumerKey,
  redeliveryLane,
} from "../../log/port/consumer_key.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import type { ParkingEvent } from "../../log/port/parked_event.ts";
import type { Engine } from "../engine/engine.ts";
import { isReadable } from "./create_log_reader.ts";
import { insist, type InsistOptions } from "./insist.ts";
import { type StoreItem, storeItem } from "./store_item.ts";

/** Delivers parked events again. */
export interface Redelivery {
  /** Looks for parked events that are due. Never rejects. */
  readonly look: () => Promise<void>;
  /** Gives the lane back. Never rejects. */
  readonly close: () => Promise<void>;
}

/** What delivering again needs. */
export interface RedeliveryOptions extends InsistOptions {
  /** The store. */
  readonly store: EventStore;
  /** The consumer's name. */
  readonly name: string;
  /** The owner's id. */
  readonly owner: string;
  /** Takes the events, and gives up those that are another owner's now. */
  readonly engine: Pick<Engine<StoreItem>, "add"> & {
    readonly forget: (
      isGone: (item: { readonly ledger: unknown }) => boolean,
    ) => void;
  };
}

/**
 * Makes what gives parked events to an engine once more: those that `redeliver` was called for, and
 * those that were parked as unreadable by an earlier version of the library and can be read now. One
 * owner at a time does that for a name.
 */
export function createRedelivery(options: RedeliveryOptions): Redelivery {
  const { store, name, owner, engine, report } = options;
  const key: ConsumerKey = { name, lane: redeliveryLane };
  const inHand = new Map<number, ParkingEvent["event"]>();
  let isHeld: (() => boolean) | null = null;
  let looking: Promise<void> | null = null;
  let isClosed = false;

  const remove = async (position: number) => {
    const event = inHand.get(position);
    if (event === undefined) return;
    await insist(() => store.unpark(key, owner, [event.id]), options);
    inHand.delete(position);
    await letGo();
  };
  const letGo = async () => {
    // A look may be claiming it for more, and lets go at its end.
    if (inHand.size > 0 || isHeld === null || looking !== null) return;
    isHeld = null;
    await store.release(key, owner);
  };
  const parkAgain = async (events: readonly ParkingEvent[]) => {
    await insist(() => store.park(key, owner, events), options);
    for (const { event } of events) inHand.delete(event.position);
    await letGo();
  };
  const ledger = {
    isHeld: () => isHeld?.() ?? false,
    settle: (position: number) => void remove(position).catch(report),
    park: (events: readonly ParkingEvent[]) =>
      void parkAgain(events).catch(report),
  };
  // What was in hand is due still, for whichever owner claims it next.
  const lose = () => {
    if (isHeld === null || isHeld()) return;
    isHeld = null;
    inHand.clear();
    engine.forget((item) => item.ledger === ledger);
  };
  const lookOnce = async () => {
    lose();
    // The store may have listed what is removed before its answer is here.
    const known = new Set(inHand.keys());
    const due = (await store.parked(name)).filter(({ event, isDue, reason }) =>
      !known.has(event.position) && isReadable(event) &&
      (isDue || reason === "unreadable")
    );
    if (due.length === 0) return;
    const claim = await store.claim(key, owner);
    if (claim === null) return;
    if (isClosed) return void await store.release(key, owner);
    isHeld = claim.isHeld;
    for (const { event } of due) inHand.set(event.position, event);
    engine.add(due.map(({ event }) => storeItem(event, ledger)));
  };
  return {
    look: () =>
      looking ??= lookOnce().catch(report).then(() => {
        looking = null;
        return letGo();
      }).catch(report),
    close: async () => {
      isClosed = true;
      if (isHeld === null) return;
      isHeld = null;
      await store.release(key, owner).then(() => {}, report);
    },
  };
}

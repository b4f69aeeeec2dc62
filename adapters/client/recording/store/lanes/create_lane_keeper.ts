import { endPauses } from "../../../../delivery/store/insist.ts";
import type { Entry } from "../../entry.ts";
import type { Lane } from "./begin_lane.ts";
import { createLaneWatch } from "./create_lane_watch.ts";
import { createOwnership } from "./create_ownership.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";
import type { LaneOptions } from "./lane_options.ts";
import { createLanePages } from "./lane_pages.ts";
import { createLostEvents } from "./lost_events.ts";
import { type StoredEntry, takeStored } from "./take_stored.ts";

/** The lanes of a store that a client delivers: its own, and those that it has adopted. */
export interface LaneKeeper {
  /** Looks for lanes whose owner is gone, now and from time to time. */
  readonly start: () => void;
  /**
   * Claims a lane for what is appended next, and gives its id; null where there is no consumer. What may
   * have been appended to a lane before goes there again, as long as a consumer has that.
   */
  readonly open: (tried: string | null) => Promise<string | null>;
  /** Takes what was stored to a lane, and gives it to the consumers that want it. */
  readonly take: (stored: readonly StoredEntry[], lane: string) => void;
  /** Is told that a consumer settled something: there may be room to read on. */
  readonly onSettled: () => void;
  /** Waits until all consumers have settled what they have, and the store knows that. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /**
   * Is told what is given up, as it had no answer from the store. What was read there all the same is
   * counted already, and taken off from what is to be counted as dropped.
   */
  readonly giveUp: (entries: readonly Entry[]) => void;
  /** Gives back all lanes. Never rejects. */
  readonly close: () => Promise<void>;
}

/** Makes the keeper. */
export function createLaneKeeper(options: LaneOptions): LaneKeeper {
  const { consumers, clock, within, signal, report } = options;
  const lanes = new Set<Lane>();
  const pages = createLanePages(lanes, options);
  const lost = createLostEvents();
  const own = createOwnership(options, lanes, lost);
  const watch = createLaneWatch(options, own, lost, pages);

  // It was stored to a lane that another client has, or had: who has it reads it.
  const takeLost = (
    consumer: StoreConsumer,
    name: string,
    stored: readonly StoredEntry[],
    isRead: (id: string) => boolean,
  ) => {
    const wanted = stored.filter(({ entry, event }) =>
      consumer.types.includes(entry.type) && !isRead(event.id)
    );
    if (wanted.length === 0 || signal.aborted) return;
    lost.note(consumer, name, wanted.map(({ event }) => event));
    own.begin(consumer, name).then(pages.nudge, report);
  };
  const readTo = () =>
    [...lanes].reduce((sum, { ledger }) => sum + ledger.readTo(), 0);
  const flushAll = async (deadline: () => number) => {
    const flushed = await Promise.all(
      consumers.map(({ engine }) => engine.flush({ timeout: deadline() })),
    );
    return flushed.every((isDone) => isDone);
  };
  return {
    start: watch.start,
    open: own.open,
    take: (stored, name) => {
      if (stored.length === 0) return;
      for (const consumer of consumers) {
        const lane = own.find(consumer, name);
        const isRead = own.takeEarly(consumer);
        if (lane?.isOwn) {
          // A batch that was tried again may have been read from a lane that is lost now.
          lost.forget(consumer, stored.map(({ event }) => event));
          takeStored(lane, options, stored, isRead);
        } else takeLost(consumer, name, stored, isRead);
      }
    },
    onSettled: pages.nudge,
    flush: async (deadline) => {
      endPauses(options);
      await within(watch.look().catch(report), deadline(), clock);
      let wasBehind = pages.isBehind();
      let isDone = await flushAll(deadline);
      // What there was no room for is read from the store, page by page, also while others are delivered.
      while (isDone && wasBehind && deadline() > 0) {
        const before = readTo();
        await within(pages.readOn(), deadline(), clock);
        wasBehind = pages.isBehind();
        isDone = await flushAll(deadline);
        // Where the store fails there is nothing more to be had at once.
        if (pages.isBehind() && readTo() === before) {
          await within(new Promise(() => {}), Math.min(500, deadline()), clock);
        }
      }
      const committed = [...lanes].map(({ ledger }) => ledger.committed());
      await within(Promise.all(committed), deadline(), clock);
      return isDone && !pages.isBehind() && !lost.isAny();
    },
    giveUp: (entries) => {
      for (const consumer of consumers) {
        const isRead = own.takeEarly(consumer);
        // What the first chunk has is not imported: it would become one of its own, which all pages load.
        const read = entries.filter(({ type, event }) =>
          consumer.types.includes(type) && event !== null && isRead(event.id)
        );
        consumer.counts.dropped -= read.length;
      }
    },
    close: async () => {
      pages.stop();
      await Promise.all([
        ...[...lanes].map(({ ledger }) => ledger.close()),
        watch.close(),
      ]);
    },
  };
}

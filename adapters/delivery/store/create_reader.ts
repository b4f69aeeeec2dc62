import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { wholeLog } from "../../log/port/consumer_key.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import { systemClock } from "../../support/clock.ts";
import { createErrorReport } from "../../support/create_error_report.ts";
import { createIds } from "../../support/create_ids.ts";
import { within } from "../../support/within.ts";
import type { Consumer, ConsumerCounts } from "../consumer.ts";
import type { ReaderOptions } from "../consumer_options.ts";
import { createEngine } from "../engine/create_engine.ts";
import type { EngineCall } from "../engine/engine.ts";
import type { DeliverySettings } from "../machine/delivery_settings.ts";
import { countPending } from "../count_pending.ts";
import { createLedger, type Ledger } from "./create_ledger.ts";
import { createLogReader, type LogReader } from "./create_log_reader.ts";
import { createRedelivery } from "./create_redelivery.ts";
import { insist, pause } from "./insist.ts";
import {
  parkItems,
  settleItems,
  type StoreItem,
  storeItem,
} from "./store_item.ts";

/** Takes the events of a call, and says what became of them as an engine's call does. */
export type ReaderCall = (
  events: readonly RecordedEvent[],
  call: EngineCall,
  items: readonly StoreItem[],
  /** Waits until the store knows what is settled. */
  committed: () => Promise<void>,
) => unknown;

/**
 * Reads a whole store on behalf of a consumer, one owner a name: it claims the name, reads on from its
 * checkpoint, hands over what is wanted, and commits what is settled. Where another owner has the
 * name, it waits until that one is gone. Its timers keep a process alive until it is stopped.
 */
export function createReader(
  store: EventStore,
  name: string,
  call: ReaderCall,
  settings: DeliverySettings,
  options: ReaderOptions,
): Consumer {
  const {
    types,
    pollInterval = 5_000,
    clock = systemClock,
    random = Math.random,
    createId = createIds({ now: clock.now }),
    onError = (error) => console.error(error),
  } = options;
  const report = createErrorReport(onError);
  const stopping = new AbortController();
  const { signal } = stopping;
  const ports = { clock, random, signal, report, keepsAlive: true };
  const counts = { delivered: 0, parked: 0, dropped: 0, skipped: 0 };
  let owner: string | null = options.owner ?? null;
  let ledger: Ledger | null = null;
  let reader: LogReader | null = null;
  let moves: number | undefined;
  let wake = () => {};
  let hints = 0;
  const changed = new Set<() => void>();
  const tell = () => {
    for (const each of [...changed]) each();
  };

  const engine = createEngine<StoreItem>({
    settings,
    call: (items, about) =>
      call(
        items.map(({ event }) => event),
        about,
        items,
        () => ledger?.committed() ?? Promise.resolve(),
      ),
    onDelivered: (items) => {
      counts.delivered += items.length;
      settleItems(items);
      nudge();
    },
    onParked: (items, parking) => {
      counts.parked += items.length;
      parkItems(items, parking);
      nudge();
    },
    onDropped: () => nudge(),
    findLost: () => {
      if (ledger === null || ledger.isHeld()) return null;
      const lost = ledger;
      nudge();
      return (item) => item.ledger === lost;
    },
    onFailure: report,
    clock,
    random,
    keepsAlive: true,
  });
  const nudge = () => {
    hints++;
    wake();
  };
  const ownerId = () => owner ??= createId();
  const redelivery = () =>
    createRedelivery({ ...ports, store, name, owner: ownerId(), engine });
  let again: ReturnType<typeof redelivery> | null = null;

  const begin = async (): Promise<boolean> => {
    const key = { name, lane: wholeLog };
    const claim = await store.claim(key, ownerId());
    if (claim === null) return false;
    const positions = await store.positions();
    moves = positions.moves;
    let { checkpoint } = claim;
    // A log that came back without its end has other events at those positions now.
    if (checkpoint.position > positions.last) {
      report(
        new Error(
          `The checkpoint of ${
            JSON.stringify(name)
          } is ${checkpoint.position}, and the log ends at ${positions.last}: it is read from its beginning`,
        ),
      );
      checkpoint = { position: 0, unsettled: [] };
    }
    const made = createLedger({
      ...ports,
      store,
      key,
      owner: ownerId(),
      claim: { ...claim, checkpoint },
      onLost: nudge,
    });
    ledger = made;
    reader = createLogReader({
      store,
      ledger: made,
      unsettled: checkpoint.unsettled,
      engine,
      name,
      types,
      limit: Math.min(1_000, 2 * settings.slots * settings.batchSize),
      makeItem: (event) => storeItem(event, made),
      onPassed: ({ unwanted, dropped }) => {
        counts.skipped += unwanted;
        counts.dropped += dropped;
      },
    });
    again ??= redelivery();
    return true;
  };
  const end = () => {
    const lost = ledger;
    ledger = null;
    reader = null;
    if (lost !== null) engine.forget((item) => item.ledger === lost);
  };
  const rest = async (milliseconds: number, seen: number) => {
    if (hints !== seen || signal.aborted) return;
    const resting = new AbortController();
    wake = () => resting.abort();
    signal.addEventListener("abort", wake);
    await pause(milliseconds, {
      clock,
      signal: resting.signal,
      keepsAlive: true,
    });
    signal.removeEventListener("abort", wake);
    wake = () => {};
  };
  const step = async () => {
    if (ledger !== null && !ledger.isHeld()) end();
    if (ledger === null && !await begin()) return;
    const { moves: now } = await store.positions();
    if (now !== moves) {
      end();
      if (!await begin()) return;
    }
    await reader?.read();
    await again?.look();
  };
  const run = async () => {
    while (!signal.aborted) {
      const seen = hints;
      const isDone = await insist(async () => {
        await step();
        return true;
      }, ports).catch(report);
      tell();
      if (isDone === null) return;
      await rest(pollInterval, seen);
    }
  };
  const wakeups = store.wakeups.subscribe({ next: nudge, error: report });
  const running = run();

  // What was in the store when it was asked, and is settled there.
  const isThrough = (last: number) =>
    ledger !== null && ledger.readTo() >= last && engine.pending() === 0;
  const flush: Consumer["flush"] = async ({ timeout = 10_000 } = {}) => {
    const waiting = (async () => {
      const { last } = await store.positions();
      nudge();
      void engine.flush({ timeout });
      while (!isThrough(last) && !signal.aborted) {
        if (
          engine.pausedBecause() !== null && engine.pausedBecause() !== "outage"
        ) return false;
        await new Promise<void>((resolve) => {
          const done = () => {
            changed.delete(done);
            resolve();
          };
          changed.add(done);
        });
        // What was read since then is not gathered either.
        if (engine.pending() > 0) void engine.flush({ timeout });
      }
      await ledger?.committed();
      return isThrough(last);
    })();
    let isDone = false;
    try {
      await within(
        waiting.then((value) => {
          isDone = value;
        }),
        timeout,
        clock,
      );
    } catch (error) {
      report(error);
    }
    return isDone;
  };
  let stopped: Promise<void> | null = null;
  const stop = async () => {
    wakeups.unsubscribe();
    engine.stop();
    const held = ledger;
    await within(
      Promise.all([held?.close(), again?.close()]),
      5_000,
      clock,
    ).catch(report);
    stopping.abort();
    tell();
    await running;
  };
  return {
    counts: (): ConsumerCounts => ({ ...counts }),
    ledger: async () => {
      for (;;) {
        const before = ledger?.readTo() ?? null;
        const after = before ?? await checkpointOf(store, name);
        const ahead = await countPending(store, name, types, after);
        if ((ledger?.readTo() ?? null) !== before) continue;
        const { delivered, parked, dropped } = counts;
        const pending = engine.pending() + ahead.pending;
        const lost = dropped + ahead.dropped;
        return {
          recorded: delivered + pending + parked + lost,
          delivered,
          pending,
          parked,
          dropped: lost,
        };
      }
    },
    pausedBecause: engine.pausedBecause,
    lastError: engine.lastError,
    pause: () => {
      engine.pause("application");
      tell();
    },
    resume: () => {
      engine.resume();
      nudge();
    },
    flush,
    stop: () => stopped ??= stop(),
  };
}

async function checkpointOf(store: EventStore, name: string): Promise<number> {
  const state = (await store.consumers())
    .find((each) => each.name === name && each.lane === wholeLog);
  return state?.checkpoint.position ?? 0;
}

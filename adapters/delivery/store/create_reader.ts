import { readTimeout } from "../../support/time/read_timeout.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import { wholeLog } from "../../log/port/consumer_key.ts";
import type { Checkpoint } from "../../log/port/checkpoint.ts";
import type { EventStore } from "../../log/port/event_store.ts";
import { isAbout } from "../../log/port/is_about.ts";
import { monotonicTime, systemClock } from "../../support/time/clock.ts";
import { createErrorReport } from "../../support/create_error_report.ts";
import { createIds } from "../../support/create_ids.ts";
import { deliveryDelay } from "../../support/time/backoff.ts";
import { within } from "../../support/time/within.ts";
import type { Consumer, ConsumerCounts } from "../consumer.ts";
import type { ReaderOptions } from "../consumer_options.ts";
import { countPending } from "../count_pending.ts";
import { createEngine } from "../engine/create_engine.ts";
import type { Engine, EngineCall, EngineOptions } from "../engine/engine.ts";
import type { DeliverySettings } from "../machine/delivery_settings.ts";
import { type ClaimedLog, createClaimedLog } from "./claimed_log.ts";
import { createRedelivery, type Redelivery } from "./create_redelivery.ts";
import { flushLog } from "./flush_log.ts";
import { pollStore } from "./poll_store.ts";
import { parkItems, settleItems, type StoreItem } from "./store_item.ts";

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
  const stopping = new AbortController();
  const ports = createPorts(store, name, options, stopping.signal);
  const { clock } = ports;
  const { types, pollInterval = 5_000 } = options;
  const { createId = createIds({ now: clock.now }) } = options;
  const counts = { delivered: 0, parked: 0, dropped: 0, skipped: 0 };
  const changed = new Set<() => void>();
  const tell = () => [...changed].forEach((told) => told());
  const nudge = () => void poll.nudge();
  let ownerId: string | null = options.owner ?? null;
  const owner = () => ownerId ??= createId();
  let again: Redelivery | null = null;

  let isErased = (_: StoreItem) => false;
  const engine: Engine<StoreItem> = createStoreEngine(counts, {
    ...ports,
    settings,
    call: (items, about) =>
      call(items.map(({ event }) => event), about, items, log.committed),
    findLost: () => log.findLost(),
    isErased: (item) => isErased(item),
    onSettled: nudge,
  });
  const log: ClaimedLog = createClaimedLog({
    ...ports,
    owner,
    engine,
    types,
    limit: Math.min(1_000, 2 * settings.slots * settings.batchSize),
    onPassed: ({ unwanted, dropped }) => {
      counts.skipped += unwanted;
      counts.dropped += dropped;
    },
    onLost: nudge,
  });
  let isStopping = false;
  const step = async () => {
    // It was given back, and is not claimed again.
    if (isStopping) return;
    await log.step();
    if (log.readTo() === null) return;
    again ??= createRedelivery({ ...ports, owner: owner(), engine });
    await again.look();
  };
  const poll = pollStore(ports, pollInterval, step, tell);
  const wakeups = store.wakeups.subscribe({ next: nudge, error: ports.report });
  // What waits for its next attempt must not be handed over after its user was erased.
  const erasures = store.erasures?.subscribe({
    next: (user) => {
      isErased = ({ event }) => isAbout(event, user);
      engine.forget(isErased);
      isErased = () => false;
    },
    error: ports.report,
  });
  const stop = async () => {
    isStopping = true;
    wakeups.unsubscribe();
    erasures?.unsubscribe();
    engine.stop();
    const closeAll = () => {
      const all = Promise.all([log.close(), again?.close()]);
      return within(all, 5_000, clock).catch(ports.report);
    };
    await closeAll();
    stopping.abort();
    tell();
    // A store that does not answer is waited for no longer.
    await within(poll.ended, 5_000, clock);
    // A claim may have had its answer only then.
    await closeAll();
  };
  let stopped: Promise<void> | null = null;
  return {
    counts: (): ConsumerCounts => ({ ...counts }),
    ledger: () => countAll(store, name, types, { log, engine, counts }),
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
    flush: (limit) =>
      flushLog(
        { ...ports, log, engine, poll, changed },
        readTimeout(
          limit,
          10_000,
          (message) => ports.report(new TypeError(message)),
        ),
      ),
    stop: () => stopped ??= stop(),
  };
}

// An engine that settles in the store what it is done with, and counts it.
function createStoreEngine(
  counts: { delivered: number; parked: number },
  { onSettled, isErased, ...options }:
    & Pick<
      EngineOptions<StoreItem>,
      "settings" | "call" | "findLost" | "clock" | "delayAfter" | "keepsAlive"
    >
    & {
      readonly report: (error: unknown) => void;
      /** Tells whether an item is given up because its user was erased. */
      readonly isErased: (item: StoreItem) => boolean;
      readonly onSettled: () => void;
    },
): Engine<StoreItem> {
  return createEngine<StoreItem>({
    ...options,
    onDelivered: (items) => {
      counts.delivered += items.length;
      settleItems(items);
      onSettled();
    },
    onParked: (items, parking) => {
      counts.parked += items.length;
      parkItems(items, parking);
      onSettled();
    },
    onDropped: (items) => {
      settleItems(items.filter(isErased));
      onSettled();
    },
    onFailure: options.report,
    passed: monotonicTime(options.clock),
  });
}

// What all that goes on with the store needs.
function createPorts(
  store: EventStore,
  name: string,
  {
    clock = systemClock,
    random = Math.random,
    onError = (error) => console.error(error),
  }: ReaderOptions,
  signal: AbortSignal,
) {
  return {
    store,
    name,
    clock,
    signal,
    delayAfter: (failures: number) => deliveryDelay(failures, random),
    report: createErrorReport(onError),
    keepsAlive: true,
    pauses: new Set<() => void>(),
  };
}

// Reads what is pending; again where meanwhile something was read.
async function countAll(
  store: EventStore,
  name: string,
  types: readonly string[] | undefined,
  { log, engine, counts }: {
    readonly log: ClaimedLog;
    readonly engine: Engine<StoreItem>;
    readonly counts: ConsumerCounts;
  },
): ReturnType<Consumer["ledger"]> {
  for (;;) {
    const before = log.readTo();
    const state = before === null ? await checkpointOf(store, name) : null;
    const after = before ?? state?.position ?? 0;
    const ahead = await countPending(store, name, types, after);
    if (log.readTo() !== before) continue;
    const { delivered, parked } = counts;
    const left = state?.unsettled.length ?? log.left();
    const pending = engine.pending() + left + ahead.pending;
    const dropped = counts.dropped + ahead.dropped;
    const recorded = delivered + pending + parked + dropped;
    return { recorded, delivered, pending, parked, dropped };
  }
}

async function checkpointOf(
  store: EventStore,
  name: string,
): Promise<Checkpoint | null> {
  const state = (await store.consumers())
    .find((each) => each.name === name && each.lane === wholeLog);
  return state?.checkpoint ?? null;
}

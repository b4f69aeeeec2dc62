import type { EventUser } from "../../../core/events/types/event_user.ts";
import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Context } from "../../../core/types/context.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { Payload } from "../../../core/types/payload.ts";
import { attempt } from "../../support/attempt.ts";
import { type Clock, monotonicTime } from "../../support/clock.ts";
import { createIds } from "../../support/create_ids.ts";
import { timePerTurn } from "../../support/time_per_turn.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";
import { within } from "../../support/within.ts";
import type { ClientEvent, FlushReport } from "../client.ts";
import { clientDefaults, type ClientOptions } from "../client_options.ts";
import {
  type ClientConsumer,
  type ConsumerCounters,
  createCounters,
  pendingOf,
} from "./consumers/client_consumer.ts";
import type {
  ConsumerReport,
  DeliveryReport,
} from "./consumers/consumer_report.ts";
import { createConsumers } from "./consumers/create_consumers.ts";
import { createKeptPayloads } from "./create_kept_payloads.ts";
import { createLossesReport } from "./create_losses_report.ts";
import {
  createRecorder,
  type Recorder,
  type RecorderOptions,
} from "./decisions/create_recorder.ts";
import { createWaitingList } from "./create_waiting_list.ts";
import { type Entry, eventOf, identityOf } from "./entry.ts";
import { createEvaluationCounts } from "./decisions/evaluation_counts.ts";
import { createExposureMarks } from "./decisions/exposure_marks.ts";
import { createKeepAlive } from "./engines/keep_alive.ts";
import type { StoreLine } from "./store/create_store_line.ts";

/** What a client records, and where it goes. */
export interface Recording {
  /** Decides and records what that causes. */
  readonly recorder: Recorder;
  /** Tells of an input, and records it where that is wanted. */
  readonly recordInput: (type: ClientEvent["type"], data: object) => void;
  /** Lets everything that is recorded wait. */
  readonly pause: () => void;
  /** Goes on; with `discard`, without what waits. */
  readonly resume: (options?: ResumeOptions) => void;
  /** What became of everything that was recorded. */
  readonly deliveries: () => DeliveryReport;
  /** Waits until everything is where it belongs. Never rejects. */
  readonly flush: (limit: TimeoutOptions) => Promise<FlushReport>;
  /** Ends it all, and gives what became of it. Never rejects. */
  readonly close: (limit: TimeoutOptions) => Promise<FlushReport>;
}

/** How tracking goes on after a pause. */
export interface ResumeOptions {
  /** Whether what was recorded during the pause is forgotten, as if it had never been; false by default. */
  readonly discard?: boolean;
}

/** What recording needs of the client. */
export interface RecordingClient {
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** Is told of what goes wrong. Does not throw. */
  readonly onError: (error: unknown) => void;
  /** Is told of each event. */
  readonly emit: (event: ClientEvent) => void;
  /** Whether anybody listens to events. */
  readonly isHeard: () => boolean;
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
  /** Gives the digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
}

/** The name under which a report tells of the store. */
const storeName = "store";

/**
 * Puts together what a client records with. Without a store, what is recorded goes to the consumers
 * as it is: nothing becomes JSON. With one it waits for the store, whose part of the machinery is
 * loaded then.
 */
export function createRecording(
  options: ClientOptions,
  client: RecordingClient,
): Recording {
  const { clock, onError, emit, isHeard } = client;
  const { recording: recorded = {}, random = Math.random, store } = options;
  const tracking = typeof options.tracking === "object" ? options.tracking : {};
  const { exposureAge = clientDefaults.exposureAge } = tracking;
  const { exposureCapacity = clientDefaults.exposureCapacity } = tracking;
  const { capacity = clientDefaults.capacity } = recorded;
  const { maxCharacters = clientDefaults.maxCharacters } = recorded;
  let makeId: (() => string) | null = options.createId ?? null;
  const createId = () => (makeId ??= createIds({ now: clock.now }))();
  const maker = { createId, digest: client.digest };
  const exposures = createExposureMarks({
    capacity: exposureCapacity,
    maxCharacters,
    maxAge: exposureAge,
  });
  const waiting = createWaitingList(capacity, maxCharacters);
  const stored = createCounters();
  const tell = (event: NewEvent) =>
    emit(event as NewEvent<string, object> as ClientEvent);
  const losses = createLossesReport({ createId, clock }, (event) => {
    if (isHeard()) tell(event);
    if (store === undefined) return;
    record({ ...bareEntry(event.type, event.data), event });
  });
  const consumers = createConsumers(options, {
    clock,
    random,
    maker,
    onError,
    // With a store, what there is no room for is read from it later.
    capacity: store === undefined ? capacity : Infinity,
    maxCharacters: store === undefined ? maxCharacters : Infinity,
    onDropped: (name, entries) => giveUp(entries, "overflow", name),
    onSettled: () => {
      if (store === undefined && pending() === 0) keepAlive.end();
      line?.onSettled();
    },
  });
  let isPaused = options.tracking === "paused" || tracking.isPaused === true;
  let isClosing = false;
  let isClosed = false;
  let line: StoreLine | null = null;
  let loading: Promise<void> | null = null;

  const counters = (): readonly ConsumerCounters[] => [
    ...consumers.map(({ counts }) => counts),
    ...(store === undefined ? [] : [stored]),
  ];
  const pending = () =>
    counters().reduce((sum, each) => sum + pendingOf(each), 0);
  // Counts an entry for all that want its type: as one more or one less that was recorded, or dropped.
  const count = (entry: Entry, name: keyof ConsumerCounters, by: number) => {
    if (store !== undefined) stored[name] += by;
    for (const consumer of consumers) {
      if (wants(consumer, entry)) consumer.counts[name] += by;
    }
  };
  const forget = ({ viewed }: Entry) => {
    if (viewed !== null) exposures.unmark(identityOf(viewed));
  };
  // What nobody gets must not keep its like from being recorded.
  const giveUp = (
    entries: readonly Entry[],
    reason: DropReason,
    consumer: string | null,
  ) => {
    for (const entry of entries) {
      forget(entry);
      losses.add(entry.type, reason, consumer);
    }
  };
  const dropWaiting = (entries: readonly Entry[], reason: DropReason) => {
    for (const entry of entries) count(entry, "dropped", 1);
    giveUp(entries, reason, null);
  };

  const record = (entry: Entry) => {
    if (isClosing) return;
    count(entry, "recorded", 1);
    if (isPaused || store !== undefined) {
      const dropped = waiting.add(entry);
      if (dropped.length > 0) dropWaiting(dropped, "overflow");
      if (!isPaused) nudge();
    } else give(entry);
  };
  // Without a store: to each consumer as it is, and to subscribers at once.
  const give = (entry: Entry) => {
    let isWanted = false;
    for (const consumer of consumers) {
      if (!wants(consumer, entry)) continue;
      if (consumer.includes(entry)) {
        isWanted = true;
        consumer.engine.addOne({
          entry,
          event: null,
          ledger: null,
          isOwn: true,
          rebuild: null,
          order: 0,
          characters: entry.characters,
        });
      } else {
        consumer.counts.recorded--;
        consumer.counts.unwanted++;
      }
    }
    if (isWanted) keepAlive.extend();
    if (isHeard()) tell(eventOf(entry, maker));
  };
  const nudge = () => {
    if (line !== null) line.nudge();
    else void load();
  };
  const load = (): Promise<void> =>
    loading ??= isClosed
      ? Promise.resolve()
      : import("./store/create_store_line.ts").then(
        ({ createStoreLine }) => {
          if (isClosed) return;
          line = createStoreLine({
            store: store!,
            consumers,
            waiting,
            stored,
            isPaused: () => isPaused,
            exposureAge,
            capacity,
            clock,
            random,
            eventOf: (entry) => eventOf(entry, maker),
            digest: client.digest,
            createOwner: createIds(),
            onError,
            payload: client.payload,
            onStored: (entry, event) => {
              if (isHeard()) tell(event ?? eventOf(entry, maker));
            },
            onInvalid: (entry) => dropWaiting([entry], "invalid"),
          });
          if (!isPaused) line.nudge();
        },
        (error) => {
          loading = null;
          onError(error);
        },
      );

  // Others may have left something to deliver, though this client never records anything. At the top
  // of a module, where a runtime has no timers, that has time until it does.
  if (store !== undefined && consumers.length > 0) {
    attempt(() => void clock.setTimer(() => void load(), 0, false), () => {});
  }
  const passed = monotonicTime(clock);
  const tellTime = timePerTurn({ now: passed });
  const tellDate = timePerTurn(clock);
  const keepAlive = createKeepAlive(clock, () => pending(), tellTime);
  const bareEntry = (
    type: string,
    data: object,
    user: EventUser | null = null,
  ): Entry => ({
    type,
    time: tellDate(),
    // About: what is recorded seldom has long texts but in its properties.
    characters: type === "custom" ? 200 + lengthOf(data) : 500,
    viewed: null,
    context: null,
    askedFeatureId: null,
    ruleId: "",
    payload: null,
    data,
    user,
    event: null,
  });
  const recordExposure: RecorderOptions["recordExposure"] = (
    viewed,
    context,
    askedFeatureId,
    ruleId,
    payload,
    user,
  ) =>
    record({
      type: "experiment.viewed",
      time: tellDate(),
      characters: charactersOf(context),
      viewed,
      context,
      askedFeatureId,
      ruleId,
      payload,
      data: null,
      user,
      event: null,
    });
  const recordOther = (type: string, data: object, user?: EventUser) => {
    const isWanted = store !== undefined || isHeard() ||
      consumers.some(({ types }) => types.includes(type));
    if (isWanted) record(bareEntry(type, data, user));
  };
  const payloads = createKeptPayloads(recorded.recordPayloads === true);
  const counts = recorded.countEvaluations === true
    ? createEvaluationCounts(
      clock,
      recorded.countInterval ?? clientDefaults.countInterval,
      (data) => recordOther("feature.evaluated", data),
    )
    : null;
  const recorder = createRecorder({
    exposures,
    recordExposure,
    record: recordOther,
    counts,
    tellTime,
    exposureAge,
    level: options.recordUser ?? "identity",
    onError,
  });
  if (isPaused) { for (const { engine } of consumers) engine.pause("consent"); }

  const storeReport = (): ConsumerReport => ({
    ...stored,
    pending: pendingOf(stored),
    oldestPending: line?.oldest() ?? waiting.all()[0]?.time ?? null,
    pausedBecause: isPaused ? "consent" : line?.pausedBecause() ?? null,
    lastError: line?.lastError() ?? null,
  });
  const deliveries = (): DeliveryReport => ({
    ...Object.fromEntries(consumers.map((consumer) => [
      consumer.name,
      consumer.report(
        [...(line?.inHand() ?? []), ...waiting.all()]
          .filter((entry) => wants(consumer, entry)),
      ),
    ])),
    ...(store === undefined ? {} : { [storeName]: storeReport() }),
  });
  const lostSoFar = () =>
    counters().reduce((sum, each) => sum + each.parked + each.dropped, 0);
  let lostBefore = 0;
  const settle = async (limit: TimeoutOptions) => {
    const { timeout = clientDefaults.flushTimeout } = limit;
    counts?.flush();
    const deadline = deadlineOf(timeout, passed);
    const isHeld = isPaused && waiting.length() > 0;
    let isSettled = true;
    try {
      if (store !== undefined) {
        if (line === null) await within(load(), deadline(), clock);
        isSettled = await line?.flush(deadline) ?? false;
      } else {
        const all = consumers.map(({ engine }) =>
          engine.flush({ timeout: deadline() })
        );
        for (const each of all) isSettled = await each && isSettled;
      }
    } catch (error) {
      onError(error);
      isSettled = false;
    }
    const isDelivered = isSettled && !isHeld && lostSoFar() === lostBefore;
    lostBefore = lostSoFar();
    return isDelivered;
  };
  const close = async (limit: TimeoutOptions): Promise<FlushReport> => {
    recorder.stop();
    const { timeout = clientDefaults.closeTimeout } = limit;
    const deadline = deadlineOf(timeout, passed);
    const isDelivered = await settle({ timeout });
    isClosing = isClosed = true;
    keepAlive.end();
    dropWaiting([...(line?.stop() ?? []), ...waiting.take(Infinity)], "closed");
    for (const { engine, counts: each } of consumers) {
      engine.stop();
      // With a store, another client goes on with what is in it.
      if (store === undefined) each.dropped += pendingOf(each);
    }
    await within(
      Promise.all([
        line?.close(),
        ...consumers.map(async (consumer) => await consumer.close()),
      ]).catch(onError),
      deadline(),
      clock,
    );
    return {
      isDelivered: isDelivered && lostSoFar() === lostBefore,
      consumers: deliveries(),
    };
  };

  return {
    recorder,
    recordInput: (type, data) => {
      const kept = type === "payload.loaded"
        ? payloads.lay(data as PayloadLoadedData, client.payload())
        : null;
      if (kept !== null) {
        recordOther(type, kept);
        payloads.keep(kept.digest);
      } else if (recorded.recordInputs === true) recordOther(type, data);
      else if (isHeard()) {
        tell(eventOf(bareEntry(type, data), maker));
      }
    },
    pause: () => {
      isPaused = true;
      for (const { engine } of consumers) engine.pause("consent");
    },
    resume: ({ discard = false } = {}) => {
      if (isPaused && discard) {
        for (const entry of waiting.take(Infinity)) {
          count(entry, "recorded", -1);
          forget(entry);
        }
      }
      isPaused = false;
      for (const { engine } of consumers) engine.resume();
      if (store !== undefined) {
        nudge();
      } else for (const entry of waiting.take(Infinity)) give(entry);
    },
    deliveries,
    flush: async (limit) => ({
      isDelivered: await settle(limit),
      consumers: deliveries(),
    }),
    close,
  };
}

function wants({ types }: ClientConsumer, { type }: Entry): boolean {
  return types.includes(type);
}

// About how much JSON an exposure is, and how much memory its user takes: texts are most of both.
function charactersOf({ attributes }: Context<object>): number {
  let characters = 600;
  for (const name in attributes) {
    const value = (attributes as JsonObject)[name];
    if (typeof value === "string") characters += value.length;
  }
  return characters;
}

function lengthOf(data: object): number {
  try {
    return JSON.stringify(data).length;
  } catch {
    return 0;
  }
}

// Several things have to be done within the one time.
function deadlineOf(timeout: number, passed: () => number): () => number {
  const end = passed() + timeout;
  return () => Math.max(0, end - passed());
}

import type { EventUser } from "../../../core/events/types/event_user.ts";
import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";
import type { Clock } from "../../support/clock.ts";
import { createIds } from "../../support/create_ids.ts";
import { within } from "../../support/within.ts";
import { createEventLog } from "../../log/create_event_log.ts";
import { exposureWindow } from "../../log/exposure_window.ts";
import { memoryStore } from "../../log/memory_store.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { ClientEvent, FlushReport } from "../client.ts";
import { clientDefaults, type ClientOptions } from "../client_options.ts";
import { createKeptPayloads } from "./create_kept_payloads.ts";
import { createRecorder, type Recorder } from "./create_recorder.ts";
import { createTracking } from "./create_tracking.ts";
import { createEvaluationCounts } from "./evaluation_counts.ts";
import { exposureOf } from "./exposure_of.ts";
import { openExposures } from "./open_exposures.ts";

/** What a client records, and where it goes. */
export interface Recording {
  /** Decides and records what that causes. */
  readonly recorder: Recorder;
  /** Tells of an input, and records it where that is wanted. */
  readonly recordInput: (
    type: ClientEvent["type"],
    data: object,
  ) => void;
  /** Tells of the events that are still held, new or not: there won't be anybody to tell later. */
  readonly tellHeld: () => void;
  /** Waits until everything is where it belongs. Never rejects. */
  readonly flush: (limit: TimeoutOptions) => Promise<FlushReport>;
  /** Ends it all, and gives what became of it. Never rejects. */
  readonly close: (limit: TimeoutOptions) => Promise<FlushReport>;
}

/** What recording needs of the client. */
export interface RecordingClient {
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** Is told of what goes wrong. */
  readonly onError: (error: unknown) => void;
  /** Is told of each event. */
  readonly emit: (event: ClientEvent) => void;
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
}

/** Puts together what a client records with: a log over its store, and who reads it. */
export function createRecording(
  options: ClientOptions,
  { clock, onError, emit, payload }: RecordingClient,
): Recording {
  const createId = options.createId ?? createIds({ now: clock.now });
  const { random = Math.random, trackingCallback } = options;
  const ports = { clock, random, createId, onError };
  const store = options.store ?? memoryStore({ clock, createId });
  const {
    exposureAge = clientDefaults.exposureAge,
    exposureCapacity = clientDefaults.exposureCapacity,
  } = options.tracking ?? {};
  const { capacity, maxCharacters, ...settings } = options.log ?? {};
  const exposures = exposureWindow({
    clock,
    capacity: exposureCapacity,
    maxAge: exposureAge,
  });
  const tell = (event: NewEvent) =>
    emit(event as NewEvent<string, object> as ClientEvent);
  // Those that are held, of which it is not known yet whether they are new.
  const untold = new Set<NewEvent>();
  // A store of the client's own has nothing to start from.
  const opening = options.store === undefined ? null : openExposures({
    store: options.store,
    exposures,
    capacity: exposureCapacity,
    maxAge: exposureAge,
    clock,
    onError,
    onKept: (event) => {
      if (untold.delete(event)) tell(event);
    },
    onRepeated: (event) => {
      untold.delete(event);
      tracking?.forget(event.id);
    },
  });
  const log = createEventLog({
    ...ports,
    store,
    ...(opening === null ? {} : { opening }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(maxCharacters === undefined ? {} : { maxCharacters }),
    // What never reached the store must not keep its like from being recorded.
    onDropped: (events) => {
      for (const event of events) {
        const identity = exposureOf(event);
        if (identity !== null) exposures.unmark(...identity);
      }
    },
  });
  const tracking = trackingCallback === undefined
    ? null
    : createTracking({ ...ports, store, trackingCallback, payload });

  const make = (type: string, data: object, user?: EventUser) => ({
    id: createId(),
    time: clock.now(),
    type,
    version: 1,
    data,
    ...(user === undefined ? {} : { user }),
  } as NewEvent);
  const record = (type: string, data: object, user?: EventUser) => {
    const event = make(type, data, user);
    if (!log.record(event)) return null;
    if (opening?.isHeld()) untold.add(event);
    else tell(event);
    return event;
  };
  const payloads = createKeptPayloads(settings.recordPayloads === true);
  const counts = settings.countEvaluations === true
    ? createEvaluationCounts(
      clock,
      settings.countInterval ?? clientDefaults.countInterval,
      (data) => record("feature.evaluated", data),
    )
    : null;
  const recorder = createRecorder({
    clock,
    exposures,
    exposureAge,
    record,
    counts,
    level: options.recordUser ?? "identity",
    onError,
    onExposure: (event, exposure, scope) =>
      tracking?.remember(event.id, exposure, scope.context()),
  });

  const report = async (limit: TimeoutOptions): Promise<FlushReport> => {
    const { accepted, pending, dropped } = log.counts();
    const isDelivered = await (tracking?.flush(limit) ?? true);
    return { accepted, pending, dropped, isDelivered };
  };
  const flush = async (limit: TimeoutOptions) => {
    counts?.flush();
    const deadline = deadlineOf(limit, clock);
    await log.flush(deadline());
    return await report(deadline());
  };
  const close = async (limit: TimeoutOptions) => {
    counts?.flush();
    recorder.stop();
    const deadline = deadlineOf(limit, clock);
    await log.close(deadline());
    opening?.stop();
    const last = await report(deadline());
    // A store that hangs must not keep the client from closing.
    await within(
      Promise.all([
        tracking?.stop(),
        options.store === undefined ? store.close() : undefined,
      ]).catch(onError),
      deadline().timeout,
      clock,
    );
    return last;
  };
  return {
    recorder,
    recordInput: (type, data) => {
      const kept = type === "payload.loaded"
        ? payloads.lay(data as PayloadLoadedData, payload())
        : null;
      if (kept !== null) {
        if (record(type, kept) !== null) payloads.keep(kept.digest);
      } else if (settings.recordInputs === true) record(type, data);
      else emit(make(type, data) as NewEvent<string, object> as ClientEvent);
    },
    tellHeld: () => {
      for (const event of untold) tell(event);
      untold.clear();
    },
    flush,
    close,
  };
}

// Several things have to be done within the one time.
function deadlineOf(
  { timeout }: TimeoutOptions,
  clock: Clock,
): () => TimeoutOptions {
  if (timeout === undefined) return () => ({});
  const end = clock.now() + timeout;
  return () => ({ timeout: Math.max(0, end - clock.now()) });
}

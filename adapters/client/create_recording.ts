import type { EventUser } from "../../core/events/event_user.ts";
import type { NewEvent } from "../../core/events/recorded_event.ts";
import type { Payload } from "../../core/types/payload.ts";
import { createEventLog } from "../log/create_event_log.ts";
import { exposureWindow } from "../log/exposure_window.ts";
import { memoryStore } from "../log/memory_store.ts";
import type { Clock } from "../support/clock.ts";
import { createIds } from "../support/create_ids.ts";
import type { ClientEvent, FlushReport, TimeLimit } from "./client.ts";
import type { ClientOptions } from "./client_options.ts";
import { createRecorder, type Recorder } from "./create_recorder.ts";
import { createTracking } from "./create_tracking.ts";
import type { InputDescription } from "./describe_input.ts";
import { createEvaluationCounts } from "./evaluation_counts.ts";
import { digestOf } from "./payload_digests.ts";

/** Where a client's events go: its log, and the tracking callback behind that. */
export interface Recording {
  /** What decides and records. */
  readonly recorder: Recorder;
  /** Tells of an input, and records it where that is asked for. */
  readonly recordInput: (input: InputDescription | null) => void;
  /** Waits until everything is in the store, and the callback was called with it. */
  readonly flush: (limit: TimeLimit) => Promise<FlushReport>;
  /** The same, and takes nothing more. */
  readonly close: (limit: TimeLimit) => Promise<FlushReport>;
}

/** What a recording needs of its client. */
export interface RecordedClient {
  /** What time it is. */
  readonly clock: Clock;
  /** Is told of what goes wrong. */
  readonly onError: (error: unknown) => void;
  /** Tells those who listen of an event. */
  readonly emit: (event: ClientEvent) => void;
  /** The payload, as it is. */
  readonly payload: () => Payload | null;
}

/** Makes the log of a client, and what reads from it. */
export function createRecording(
  options: ClientOptions,
  client: RecordedClient,
): Recording {
  const { clock, onError, emit } = client;
  const { random = Math.random } = options;
  const nextId = createIds({ now: clock.now });
  const createId = options.createId ?? nextId;
  const ownStore = options.store === undefined ? memoryStore({ clock }) : null;
  const store = options.store ?? ownStore!;
  const log = createEventLog({
    store,
    clock,
    random,
    createId: () => createId(clock.now()),
    onError,
    ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
  });
  const tracking = options.trackingCallback === undefined
    ? null
    : createTracking(options.trackingCallback, {
      store,
      clock,
      random,
      createId: () => createId(clock.now()),
      onError,
      payload: client.payload,
      name: options.trackingConsumer ?? "trackingCallback",
    });

  const make = (type: string, data: object, user?: EventUser): NewEvent => {
    const time = clock.now();
    return {
      id: createId(time),
      time,
      type,
      version: 1,
      data: data as NewEvent["data"],
      ...(user === undefined ? {} : { user }),
    };
  };
  const record = (type: string, data: object, user?: EventUser) => {
    const event = make(type, data, user);
    if (!log.record(event)) return null;
    emit(event as object as ClientEvent);
    return event;
  };
  const counts = options.countEvaluations
    ? createEvaluationCounts(
      clock,
      options.countInterval ?? 60_000,
      (data) => void record("feature.evaluated", data),
    )
    : null;
  const recorder = createRecorder({
    exposures: exposureWindow({
      clock,
      ...(options.exposureCapacity === undefined
        ? {}
        : { capacity: options.exposureCapacity }),
      ...(options.exposureAge === undefined
        ? {}
        : { maxAge: options.exposureAge }),
    }),
    record,
    onExposure: (event, exposure, scope) =>
      tracking?.remember(event, exposure, scope),
    counts,
    level: options.record ?? "identity",
  });

  const digests = new Set<string>();
  const keepPayload = ({ type, data }: InputDescription) => {
    const payload = client.payload();
    if (!options.recordPayloads || type !== "payload.loaded") return null;
    if (payload === null) return null;
    const digest = digestOf(payload);
    if (digests.has(digest)) return null;
    digests.add(digest);
    return { ...data, payload };
  };
  const finish = async (
    limit: TimeLimit,
    wait: (timeout: TimeLimit) => Promise<FlushReport>,
  ): Promise<FlushReport> => {
    counts?.flush();
    return await wait(limit);
  };
  const deliver = async (
    { accepted, pending, dropped }: Omit<FlushReport, "undelivered">,
    limit: TimeLimit,
  ) => {
    const undelivered = await tracking?.flush(limit) ?? 0;
    return { accepted, pending, dropped, undelivered };
  };
  const startWatch = (limit: TimeLimit) => {
    const start = clock.now();
    return (): TimeLimit =>
      limit.timeout === undefined
        ? {}
        : { timeout: Math.max(0, limit.timeout - (clock.now() - start)) };
  };
  return {
    recorder,
    recordInput: (input) => {
      if (input === null) return;
      const kept = keepPayload(input);
      if (kept !== null) record(input.type, kept);
      else if (options.recordInputs) record(input.type, input.data);
      else emit(make(input.type, input.data) as object as ClientEvent);
    },
    flush: (limit) =>
      finish(limit, async () => {
        const rest = startWatch(limit);
        return await deliver(await log.flush(limit), rest());
      }),
    close: (limit) =>
      finish(limit, async () => {
        const rest = startWatch(limit);
        const report = await deliver(await log.close(limit), rest());
        await tracking?.stop();
        await ownStore?.close();
        return report;
      }),
  };
}

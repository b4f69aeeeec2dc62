import type { EventUser } from "../../../core/events/types/event_user.ts";
import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { Context } from "../../../core/types/context.ts";
import type { JsonObject } from "../../../core/types/json.ts";
import type { Payload } from "../../../core/types/payload.ts";
import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import { deliveryDelay } from "../../support/time/backoff.ts";
import { createIds } from "../../support/create_ids.ts";
import { timePerTurn } from "../../support/time/time_per_turn.ts";
import type { TimeoutOptions } from "../../support/time/timeout_options.ts";
import type { ClientEvent, FlushReport } from "../client.ts";
import type { TellMisuse } from "../inputs/read_record.ts";
import { clientDefaults, type ClientOptions } from "../client_options.ts";
import { createConsumers } from "./consumers/create_consumers.ts";
import { createRecorder, type Recorder } from "./decisions/create_recorder.ts";
import { createEvaluationCounts } from "./decisions/evaluation_counts.ts";
import {
  createExposureMarks,
  type ExposureIdentity,
  type ExposureMarks,
} from "./decisions/exposure_marks.ts";
import { createKeptPayloads } from "./create_kept_payloads.ts";
import { createLossesReport } from "./create_losses_report.ts";
import { createEventMaker, type Entry } from "./entry.ts";
import { createDelivery, type Delivery } from "./line/create_delivery.ts";
import { createTally } from "./line/create_tally.ts";

/** What a client records, and where it goes. */
export interface Recording
  extends Pick<Delivery, "pause" | "resume" | "deliveries"> {
  /** Decides and records what that causes. */
  readonly recorder: Recorder;
  /** Tells of an input, and records it where that is wanted. */
  readonly recordInput: (type: ClientEvent["type"], data: object) => void;
  /** Waits until everything is where it belongs. Never rejects. */
  readonly flush: (limit: TimeoutOptions) => Promise<FlushReport>;
  /** Ends it all, and gives what became of it. Never rejects. */
  readonly close: (limit: TimeoutOptions) => Promise<FlushReport>;
}

/** What recording needs of the client. */
export interface RecordingClient {
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** Is told of what goes wrong. Does not throw. */
  readonly onError: (error: unknown) => void;
  /** Is called with each mistake of the application. */
  readonly tell: TellMisuse;
  /** Is told of each event. */
  readonly emit: (event: ClientEvent) => void;
  /** Whether events have a listener. */
  readonly isHeard: () => boolean;
  /** The payload, as things are. */
  readonly payload: () => Payload | null;
  /** Gives the digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
  /** Whether a server handed an exposure over that it had recorded; null where none did. */
  readonly isHandedOver: ((identity: ExposureIdentity) => boolean) | null;
}

/**
 * Puts together what a client records with. Without a store, what is recorded goes to the consumers
 * as it is: nothing becomes JSON. With one it waits for the store, whose part of the machinery is
 * loaded then.
 */
export function createRecording(
  options: ClientOptions,
  client: RecordingClient,
): Recording {
  const { clock, onError, isHeard, payload } = client;
  const { recording = {}, random = Math.random, store } = options;
  const tracking = typeof options.tracking === "object" ? options.tracking : {};
  const { exposureAge = clientDefaults.exposureAge } = tracking;
  const { exposureCapacity = clientDefaults.exposureCapacity } = tracking;
  const { maxCharacters = clientDefaults.maxCharacters } = recording;
  let makeId: (() => string) | null = options.createId ?? null;
  const createId = () => (makeId ??= createIds({ now: clock.now }))();
  const maker = createEventMaker({ createId, digest: client.digest });
  const exposures = createExposureMarks({
    capacity: exposureCapacity,
    maxCharacters,
    maxAge: exposureAge,
  });
  const tellEvent = (event: NewEvent) =>
    client.emit(event as NewEvent<string, object> as ClientEvent);
  const passed = monotonicTime(clock);
  const tellDate = timePerTurn(clock);
  const consumers = createConsumers(options, maker, onError);
  const losses = createLossesReport((data) => {
    const entry = bareEntry(tellDate(), "events.dropped", data);
    if (isHeard()) tellEvent(maker.eventOf(entry));
    if (store !== undefined) delivery.record(entry);
  });
  const delivery = createDelivery(options, {
    consumers,
    tally: createTally(consumers, store !== undefined, exposures, losses.add),
    maker,
    tell: (entry) => {
      if (isHeard()) tellEvent(maker.eventOf(entry));
    },
    exposureAge,
    createOwner: () => createIds()(),
    clock,
    delayAfter: (failures) => deliveryDelay(failures, random),
    passed,
    onError,
    payload,
  });
  const record = (type: string, data: object, user?: EventUser) => {
    const isWanted = store !== undefined || isHeard() ||
      consumers.some(({ types }) => types.includes(type));
    if (isWanted) delivery.record(bareEntry(tellDate(), type, data, user));
  };
  const payloads = createKeptPayloads(recording.recordPayloads === true);
  const counts = recording.countEvaluations === true
    ? createEvaluationCounts(
      clock,
      recording.countInterval ?? clientDefaults.countInterval,
      (data) => record("feature.evaluated", data),
    )
    : null;
  const recorder = createRecorder({
    exposures: client.isHandedOver === null
      ? exposures
      : joinMarks(exposures, client.isHandedOver),
    recordExposure: (viewed, context, askedFeatureId, ruleId, payload, user) =>
      delivery.record({
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
      }),
    record,
    counts,
    tellTime: timePerTurn({ now: passed }),
    exposureAge,
    level: options.recordUser ?? "identity",
    tell: client.tell,
  });

  return {
    recorder,
    recordInput: (type, data) => {
      const kept = type === "payload.loaded"
        ? payloads.lay(data as PayloadLoadedData, payload())
        : null;
      if (kept !== null) {
        record(type, kept);
        payloads.keep(kept.digest);
      } else if (recording.recordInputs === true) record(type, data);
      else if (isHeard()) {
        tellEvent(maker.eventOf(bareEntry(tellDate(), type, data)));
      }
    },
    pause: delivery.pause,
    resume: delivery.resume,
    deliveries: delivery.deliveries,
    flush: ({ timeout = clientDefaults.flushTimeout }) => {
      counts?.flush();
      return delivery.flush(timeout);
    },
    close: ({ timeout = clientDefaults.closeTimeout }) => {
      recorder.stop();
      counts?.flush();
      return delivery.close(timeout);
    },
  };
}

// What a server recorded is remembered from the first time that it is seen here.
function joinMarks(
  marks: ExposureMarks,
  isHandedOver: (identity: ExposureIdentity) => boolean,
): ExposureMarks {
  return {
    ...marks,
    mark: (identity, now) =>
      marks.mark(identity, now) && !isHandedOver(identity),
  };
}

// An entry that is no exposure.
function bareEntry(
  time: number,
  type: string,
  data: object,
  user: EventUser | null = null,
): Entry {
  return {
    type,
    time,
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
  };
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

import type { EventUser } from "../../../core/events/types/event_user.ts";
import type { PayloadLoadedData } from "../../../core/events/types/input_event.ts";
import { monotonicTime } from "../../support/time/clock.ts";
import { lateCode } from "../../support/late_code.ts";
import { deliveryDelay } from "../../support/time/backoff.ts";
import { createIds } from "../../support/create_ids.ts";
import { timePerTurn } from "../../support/time/time_per_turn.ts";
import type { ClientEvent, FlushReport } from "../client.ts";
import type { ClientBase } from "../client_base.ts";
import type { Hydration } from "../hydration/create_hydration.ts";
import { within } from "../../support/time/within.ts";
import { beginCall } from "./consumers/begin_call.ts";
import { createConsumers } from "./consumers/create_consumers.ts";
import { createRecorder, type Recorder } from "./decisions/create_recorder.ts";
import { createEvaluationCounts } from "./decisions/evaluation_counts.ts";
import { createExposedUsers } from "./decisions/describe_user.ts";
import { createExposureMarks } from "./decisions/exposure_marks.ts";
import { createKeptPayloads } from "./create_kept_payloads.ts";
import { createLossesReport } from "./create_losses_report.ts";
import { createEntries } from "./create_entries.ts";
import { createEventMaker, type Entry, type EventMaker } from "./entry.ts";
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
  readonly flush: (timeout: number) => Promise<FlushReport>;
  /** Ends it all, and gives what became of it. Never rejects. */
  readonly close: (timeout: number) => Promise<FlushReport>;
}

/** The parts of a client that recording needs. */
export interface RecordingCore extends ClientBase {
  /** What is known of the page that a server rendered; null without the option `hydrate`. */
  readonly hydration: Hydration | null;
}

/**
 * Puts together what a client records with. Without a store, what is recorded goes to the consumers
 * as it is: nothing becomes JSON. With one it waits for the store, whose part of the machinery is
 * loaded then.
 */
export function createRecording(core: RecordingCore): Recording {
  const { options, keeper, definitions, hydration, onError, tell } = core;
  const { clock, recording, random = Math.random, store } = options;
  const { isHeard } = keeper.events;
  const maker = createMaker(core);
  const bounds = { ...recording, ...options.tracking };
  const exposures = createExposureMarks(bounds);
  const passed = monotonicTime(clock);
  const entries = createEntries(timePerTurn(clock));
  const tellEntry = (entry: Entry) => {
    if (!isHeard()) return;
    const emit = () => keeper.emit(maker.eventOf(entry) as ClientEvent);
    const preparation = maker.prepare();
    if (preparation === null) emit();
    else preparation.then(emit, onError);
  };
  const consumers = createConsumers(options, maker, onError);
  const tellLoss = (data: object) => entries.tell("events.dropped", data);
  const losses = createLossesReport((data) => {
    tellEntry(tellLoss(data));
    if (store !== undefined) delivery.lose(data);
  });
  const delivery = createDelivery(bounds.isPaused, {
    ...options,
    ...bounds,
    consumers,
    tally: createTally(consumers, store !== undefined, exposures, losses.add),
    maker,
    tell: tellEntry,
    recordLoss: (data) => delivery.record(tellLoss(data)),
    createOwner: () => createIds()(),
    payload: () => keeper.state().payload,
    beginCall,
    within,
    delayAfter: (failures) => deliveryDelay(failures, random),
    passed,
    onError,
  });
  const record = (type: string, data: object, user?: EventUser) => {
    const isWanted = store !== undefined || isHeard() ||
      consumers.some(({ types }) => types.includes(type));
    if (isWanted) delivery.record(entries.tell(type, data, user));
  };
  const keepPayload = createKeptPayloads();
  const counts = recording.countEvaluations
    ? createEvaluationCounts(
      clock,
      recording.countInterval,
      (data) => record("feature.evaluated", data),
    )
    : null;
  const recorder = createRecorder({
    exposures,
    isHandedOver: hydration?.isRecorded,
    recordExposure: (exposure) => delivery.record(entries.view(exposure)),
    record,
    identifiers: definitions.identifiers,
    counts,
    tellTime: timePerTurn({ now: passed }),
    exposureAge: bounds.exposureAge,
    level: options.recordUser,
    tell,
  });

  return {
    ...delivery,
    recorder,
    recordInput: (type, data) => {
      const kept = recording.recordPayloads && type === "payload.loaded"
        ? keepPayload(data as PayloadLoadedData, keeper.state().payload)
        : null;
      if (kept !== null || recording.recordInputs) record(type, kept ?? data);
      else if (isHeard()) tellEntry(entries.tell(type, data));
    },
    flush: (timeout) => {
      counts?.flush();
      return delivery.flush(timeout);
    },
    close: (timeout) => {
      recorder.stop();
      counts?.flush();
      return delivery.close(timeout);
    },
  };
}

function createMaker(
  { options, definitions, hydration, onError }: RecordingCore,
): EventMaker {
  // What a decision reads is asked for at one level alone, and found by code that is loaded for it.
  const reads = options.recordUser === "decision"
    ? lateCode(async () => {
      const { createDecisionReads } = await import(
        "./decisions/create_decision_reads.ts"
      );
      return createDecisionReads();
    })
    : null;
  reads?.load().catch(() => {});
  return createEventMaker({
    createId: createSafeIds(options, onError),
    digest: (payload) =>
      hydration?.digestOf(payload) ?? definitions.digest(payload),
    userOf: createExposedUsers(
      options.recordUser,
      (exposure) => reads?.loaded()?.(exposure) ?? null,
    ),
    prepare: () => reads && !reads.loaded() ? reads.load() : null,
  });
}

// A read must not throw, and no event is lost: where an application's ids do, as those of `crypto.randomUUID` in
// a page without https, ours take their place.
function createSafeIds(
  { createId, clock }: RecordingCore["options"],
  onError: (error: unknown) => void,
): () => string {
  let makeId = createId ?? null;
  const ownId = () => (makeId ??= createIds({ now: clock.now }))();
  return () => {
    try {
      return ownId();
    } catch (error) {
      onError(error);
      makeId = null;
      return ownId();
    }
  };
}

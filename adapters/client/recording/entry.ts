import { attempt } from "../../../core/support/attempt.ts";
import type { EventUser } from "../../../core/events/types/event_user.ts";
import { experimentViewedData } from "../../../core/events/types/experiment_viewed_data.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { Context } from "../../../core/types/context.ts";
import type { ExperimentViewed } from "../../../core/types/decision_event.ts";
import type { Payload } from "../../../core/types/payload.ts";
import type { ExposureIdentity } from "./decisions/exposure_marks.ts";

/** An exposure, with the very objects of the decision. */
export interface Exposure {
  /** The experiment and the result. */
  readonly viewed: ExperimentViewed;
  /** What the decision read. */
  readonly context: Context<object>;
  /** The feature that was asked for; null for an inline experiment. */
  readonly askedFeatureId: string | null;
  /** The rule that decided it; `""` where there is none. */
  readonly ruleId: string;
  /** The payload that decided. Its digest takes long to make, and few want to know it. */
  readonly payload: Payload | null;
}

/**
 * Something that was recorded. Its event, with an id and data, is made when something reads it: a
 * subscriber of `events$`, a store, a sink, or a callback that asks for the id.
 */
export interface Entry {
  /** What happened. */
  readonly type: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
  /** About how many characters of JSON it is. */
  readonly characters: number;
  /** The exposure; null where it is none. */
  readonly exposure: Exposure | null;
  /** The data of an event that is no exposure. */
  readonly data: object | null;
  /** What the event keeps of its user; null for an exposure, whose user is told when the event is made. */
  readonly user: EventUser | null;
  /** Its id, once something asked for it. */
  id: string | null;
  /** The event, once it was made. */
  event: NewEvent | null;
}

/** What making events needs. */
export interface EventMakerOptions {
  /** Makes an id. */
  readonly createId: () => string;
  /** Gives the digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
  /** Gives what the event of an exposure keeps of its user. */
  readonly userOf: (exposure: Exposure) => EventUser;
  /** Loads what that needs; null where nothing is missing. */
  readonly prepare: () => Promise<unknown> | null;
}

/** Makes the events of entries. */
export interface EventMaker
  extends Pick<EventMakerOptions, "digest" | "prepare"> {
  /** Gives the id that the event of an entry has. */
  readonly idOf: (entry: Entry) => string;
  /** Gives the event of an entry, the same each time; once nothing is missing. */
  readonly eventOf: (entry: Entry) => NewEvent;
}

/** Makes the maker of events. What is loaded late is given it, so that it loads nothing twice. */
export function createEventMaker(options: EventMakerOptions): EventMaker {
  const { createId, digest, prepare } = options;
  const idOf = (entry: Entry) => entry.id ??= createId();
  return {
    digest,
    prepare,
    idOf,
    eventOf: (entry) => entry.event ??= makeEvent(entry, idOf(entry), options),
  };
}

function makeEvent(
  entry: Entry,
  id: string,
  { digest, userOf }: EventMakerOptions,
): NewEvent {
  const { type, time, exposure } = entry;
  const data =
    (exposure === null ? entry.data! : experimentViewedData(exposure.viewed, {
      askedFeatureId: exposure.askedFeatureId,
      ruleId: exposure.ruleId,
      payloadDigest: attempt(() => digest(exposure.payload), undefined),
    })) as NewEvent["data"];
  const user = entry.user ?? (exposure && userOf(exposure));
  return user === null
    ? { id, time, type, version: 1, data }
    : { id, time, type, version: 1, data, user };
}

/** Gives what tells an exposure from others. */
export function identityOf(
  { experiment, result }: ExperimentViewed,
): ExposureIdentity {
  const { hashAttribute, hashValue, variationId } = result;
  const { phase } = experiment;
  return {
    attribute: hashAttribute,
    value: hashValue,
    experiment: experiment.key,
    phase: typeof phase === "string" ? phase : undefined,
    variation: variationId,
  };
}

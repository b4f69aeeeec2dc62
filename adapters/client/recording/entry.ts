import { attempt } from "../../../core/support/attempt.ts";
import type { EventUser } from "../../../core/events/types/event_user.ts";
import { experimentViewedData } from "../../../core/events/types/experiment_viewed_data.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { readUser } from "../../../core/events/types/read_user.ts";
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
  /** What the event keeps of its user; null for the identity of an exposure, which is easily told later. */
  readonly user: EventUser | null;
  /** The event, once it was made. */
  event: NewEvent | null;
}

/** What making events needs. */
export interface EventMakerOptions {
  /** Makes an id. */
  readonly createId: () => string;
  /** Gives the digest of a payload; undefined without one. */
  readonly digest: (payload: Payload | null) => string | undefined;
}

/** Makes the events of entries. */
export interface EventMaker extends Pick<EventMakerOptions, "digest"> {
  /** Gives the event of an entry, the same each time. */
  readonly eventOf: (entry: Entry) => NewEvent;
}

/** Makes the maker of events. What is loaded late is given it, so that it loads nothing twice. */
export function createEventMaker(options: EventMakerOptions): EventMaker {
  // Exposures of one request have one user, most of the time.
  let last: ExperimentViewed["result"] | null = null;
  let user: EventUser | null = null;
  const identityUser = ({ result }: ExperimentViewed): EventUser => {
    const { hashAttribute, hashValue } = result;
    if (
      user === null || hashValue !== last?.hashValue ||
      hashAttribute !== last?.hashAttribute
    ) {
      const attributes = {};
      user = readUser("identity", { attributes, hashAttribute, hashValue });
      last = result;
    }
    return user;
  };
  return {
    digest: options.digest,
    eventOf: (entry) => entry.event ??= makeEvent(entry, options, identityUser),
  };
}

function makeEvent(
  entry: Entry,
  { createId, digest }: EventMakerOptions,
  identityUser: (viewed: ExperimentViewed) => EventUser,
): NewEvent {
  const { type, time, exposure } = entry;
  const data =
    (exposure === null ? entry.data! : experimentViewedData(exposure.viewed, {
      askedFeatureId: exposure.askedFeatureId,
      ruleId: exposure.ruleId,
      payloadDigest: attempt(() => digest(exposure.payload), undefined),
    })) as NewEvent["data"];
  const user = entry.user ?? (exposure && identityUser(exposure.viewed));
  const id = createId();
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

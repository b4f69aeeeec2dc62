import type {
  EventUser,
  RecordLevel,
} from "../../../core/events/types/event_user.ts";
import { experimentViewedData } from "../../../core/events/types/experiment_viewed_data.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { readUser } from "../../../core/events/types/read_user.ts";
import type { Context } from "../../../core/types/context.ts";
import type { ExperimentViewed } from "../../../core/types/decision_event.ts";
import type { ExposureIdentity } from "./exposure_marks.ts";

/** An exposure, with the very objects of the decision. */
export interface EntryExposure {
  /** The experiment and the result. */
  readonly viewed: ExperimentViewed;
  /** What the decision read. */
  readonly context: Context<object>;
  /** The feature that was asked for; null for an inline experiment. */
  readonly askedFeatureId: string | null;
  /** The rule that decided it; `""` where there is none. */
  readonly ruleId: string;
  /** Gives the digest of the payload that decided; asked at most once, if anybody sees the event. */
  readonly payloadDigest: () => string | undefined;
  /** How much of the user an event keeps. */
  readonly level: RecordLevel;
  /** What it keeps, where that is more than the identity: it is known at the decision alone. */
  readonly user: EventUser | null;
}

/**
 * Something that was recorded. Its event, with an id and data, is made when somebody sees it: a
 * subscriber of `events$`, a store, a sink, or a callback that asks for the id.
 */
export interface Entry {
  /** What happened. */
  readonly type: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
  /** About how many characters of JSON it is. */
  readonly characters: number;
  /** The exposure, where it is one. */
  readonly exposure: EntryExposure | null;
  /** The data of any other event. */
  readonly data: object | null;
  /** What any other event keeps of its user. */
  readonly user: EventUser | undefined;
  /** The event, once it was made. */
  event: NewEvent | null;
}

/** Gives the event of an entry, the same each time. */
export function eventOf(entry: Entry, createId: () => string): NewEvent {
  return entry.event ??= makeEvent(entry, createId());
}

function makeEvent(entry: Entry, id: string): NewEvent {
  const { type, time, exposure } = entry;
  const data = exposure === null ? entry.data! : exposureData(exposure);
  const user = exposure === null ? entry.user : exposureUser(exposure);
  return {
    id,
    time,
    type,
    version: 1,
    data: data as NewEvent["data"],
    ...(user === undefined ? {} : { user }),
  };
}

function exposureData(
  { viewed, askedFeatureId, ruleId, payloadDigest }: EntryExposure,
): object {
  return experimentViewedData(viewed, {
    askedFeatureId,
    ruleId,
    payloadDigest: payloadDigest(),
  });
}

function exposureUser(
  { viewed: { result }, user }: EntryExposure,
): EventUser {
  const { hashAttribute, hashValue } = result;
  return user ??
    readUser("identity", { attributes: {}, hashAttribute, hashValue });
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

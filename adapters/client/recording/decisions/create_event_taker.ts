import type {
  EventUser,
  RecordLevel,
} from "../../../../core/events/types/event_user.ts";
import type { Context } from "../../../../core/types/context.ts";
import type {
  DecisionEvent,
  ExperimentViewed,
  StickyBucketAssigned,
} from "../../../../core/types/decision_event.ts";
import type { Scope } from "../../reads/scope.ts";
import { type Exposure, identityOf } from "../entry.ts";
import type { ExposureIdentity, ExposureMarks } from "./exposure_marks.ts";

/** What taking up the events of decisions needs. */
export interface EventTakerOptions {
  /** Which exposures were recorded. */
  readonly exposures: ExposureMarks;
  /** Whether a server handed an exposure over that it had recorded; undefined where none did. */
  readonly isHandedOver: ((identity: ExposureIdentity) => boolean) | undefined;
  /** Records an exposure. */
  readonly recordExposure: (exposure: Exposure) => void;
  /** Records anything else. */
  readonly record: (type: string, data: object, user?: EventUser) => void;
  /** How many milliseconds have passed since some moment; the same for all that happens in a turn. */
  readonly tellTime: () => number;
  /** What of a user is stored. */
  readonly level: RecordLevel;
}

/**
 * Takes up the events of a decision that read `context`: records what is new, and keeps assignments.
 * `key` is that of the feature that was asked for, null for an inline experiment; `ruleId` that of the
 * rule that decided, `""` where there is none.
 */
export type EventTaker = (
  scope: Scope,
  events: readonly DecisionEvent[],
  context: Context<object>,
  key: string | null,
  ruleId: string,
) => void;

/** Makes what takes up the events of decisions. */
export function createEventTaker(options: EventTakerOptions): EventTaker {
  const { exposures, level, tellTime } = options;
  const view = (
    scope: Scope,
    viewed: ExperimentViewed,
    context: Context<object>,
    askedFeatureId: string | null,
    ruleId: string,
  ) => {
    const identity = identityOf(viewed);
    if (!exposures.mark(identity, tellTime())) return;
    // What a server recorded is remembered from the first time that it is seen here.
    if (options.isHandedOver?.(identity)) return;
    const payload = scope.payload();
    options.recordExposure({
      viewed,
      context,
      askedFeatureId,
      ruleId,
      payload,
    });
  };
  const assign = (scope: Scope, event: StickyBucketAssigned) => {
    if (!scope.assign(event)) return;
    const { attributeName, attributeValue, assignments } = event;
    options.record(
      "sticky-bucket.assigned",
      { attributeName, attributeValue, assignments },
      { level, attributes: { [attributeName]: attributeValue } },
    );
  };
  return (scope, events, context, key, ruleId) => {
    for (const event of events) {
      if (event.type !== "experiment.viewed") assign(scope, event);
      else view(scope, event, context, key, ruleId);
    }
  };
}

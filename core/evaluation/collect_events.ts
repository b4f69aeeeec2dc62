import { attempt } from "../support/attempt.ts";
import type {
  DecisionEvent,
  ExperimentViewed,
} from "../types/decision_event.ts";

/** A list of what decisions cause. */
export interface EventCollector {
  /** The events so far, in order. */
  readonly events: readonly DecisionEvent[];
  /** Adds an event, unless it is an exposure that is there already. */
  readonly record: (event: DecisionEvent) => void;
}

/** Among so few exposures, one is compared with each. */
const few = 32;

/** Makes a list that an evaluation can record events in. */
export function collectEvents(): EventCollector {
  const events: DecisionEvent[] = [];
  const exposures: ExperimentViewed[] = [];
  let known: Set<unknown> | null = null;
  const isKnown = (event: ExperimentViewed) => {
    if (exposures.length < few) {
      return exposures.some((other) => isSameExposure(other, event));
    }
    known ??= new Set(exposures.map(identify));
    const { size } = known;
    return known.add(identify(event)).size === size;
  };
  const record = (event: DecisionEvent) => {
    if (event.type === "experiment.viewed") {
      if (isKnown(event)) return;
      exposures.push(event);
    }
    events.push(event);
  };
  return { events, record };
}

function isSameExposure(
  left: ExperimentViewed,
  right: ExperimentViewed,
): boolean {
  return left.experiment.key === right.experiment.key &&
    left.result.variationId === right.result.variationId &&
    left.result.hashAttribute === right.result.hashAttribute &&
    isSameValue(left.result.hashValue, right.result.hashValue);
}

// Values are told apart by type and content, not by the text that is hashed.
function isSameValue(left: unknown, right: unknown): boolean {
  return left === right ||
    typeof left === "object" && typeof right === "object" &&
      JSON.stringify(left) === JSON.stringify(right);
}

// The same exposures have the same text. What has none is an exposure of its own.
function identify(event: ExperimentViewed): unknown {
  const { experiment: { key }, result } = event;
  const { variationId, hashAttribute, hashValue } = result;
  const value = typeof hashValue === "object" ? hashValue : String(hashValue);
  const parts = [key, variationId, hashAttribute, typeof hashValue, value];
  return attempt<unknown>(() => JSON.stringify(parts), event);
}

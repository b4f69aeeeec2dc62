import type { DecisionEvent } from "../types/decision_event.ts";

/** A list of what decisions cause. */
export interface EventCollector {
  /** The events so far, in order; may be emptied to begin anew. */
  readonly events: DecisionEvent[];
  /** Adds an event, unless it is an exposure that is there already. */
  readonly record: (event: DecisionEvent) => void;
}

/** Makes a list that an evaluation can record events in. */
export function collectEvents(): EventCollector {
  const events: DecisionEvent[] = [];
  const record = (event: DecisionEvent) => {
    for (const other of events) if (isSameExposure(other, event)) return;
    events.push(event);
  };
  return { events, record };
}

function isSameExposure(left: DecisionEvent, right: DecisionEvent): boolean {
  return left.type === "experiment.viewed" && left.type === right.type &&
    left.experiment.key === right.experiment.key &&
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

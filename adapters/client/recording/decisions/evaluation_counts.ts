import type { FeatureEvaluatedData } from "../../../../core/events/types/tracking_event.ts";
import type { JsonValue } from "../../../../core/types/json.ts";
import type {
  FeatureResult,
  FeatureSource,
} from "../../../../core/types/result.ts";
import { isEqual } from "../../../support/is_equal.ts";
import type { Clock } from "../../../support/time/clock.ts";

/** Counts evaluations, and tells now and then how many there were. */
export interface EvaluationCounts {
  /** Counts an evaluation. */
  readonly add: (key: string, result: FeatureResult) => void;
  /** Tells what was counted since the last time. */
  readonly flush: () => void;
}

interface Count {
  readonly featureKey: string;
  readonly value: JsonValue;
  readonly source: FeatureSource;
  readonly ruleId: string;
  count: number;
}

// Values of a feature are few; should an application force a new one each time, counting goes on by
// telling early.
const maxCounts = 10_000;

/**
 * Makes counters of evaluations per feature, value, source and rule. A timer runs only while there
 * is something to tell.
 *
 * `interval` is how often to tell, in milliseconds.
 */
export function createEvaluationCounts(
  clock: Clock,
  interval: number,
  tell: (data: FeatureEvaluatedData) => void,
): EvaluationCounts {
  const features = new Map<string, Count[]>();
  let size = 0;
  let stopTimer: (() => void) | null = null;

  const flush = () => {
    stopTimer?.();
    stopTimer = null;
    const counted = [...features.values()].flat();
    features.clear();
    size = 0;
    counted.forEach(tell);
  };
  return {
    add: (featureKey, { value, source, ruleId }) => {
      const known = features.get(featureKey)?.find((count) =>
        count.ruleId === ruleId && count.source === source &&
        isEqual(count.value, value)
      );
      if (known !== undefined) return void known.count++;
      if (size >= maxCounts) flush();
      stopTimer ??= clock.setTimer(flush, interval);
      size++;
      const count = { featureKey, value, source, ruleId, count: 1 };
      features.set(featureKey, [...features.get(featureKey) ?? [], count]);
    },
    flush,
  };
}

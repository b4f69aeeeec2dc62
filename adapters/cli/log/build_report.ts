import {
  checkSampleRatios,
  type ExposureCount,
  type ExposureCounts,
  exposureCounts,
  featureUsage,
  type FeatureUse,
  listExposureCounts,
  listFeatureUsage,
  replay,
  sampleRatio,
  type SampleRatioCheck,
} from "../../../core/events/mod.ts";
import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import {
  formatTime,
  measureLags,
  type ReportedConsumer,
} from "./measure_lags.ts";
import type { OpenedLog } from "./open/opened_log.ts";

/** What there is to tell of a log. */
export interface LogReport {
  /** How many events it has. */
  readonly events: number;
  /** When the first and the last of them happened, as ISO 8601; null where there is none. */
  readonly from: string | null;
  /** See `from`. */
  readonly to: string | null;
  /** How many events there are of each type. */
  readonly types: { readonly [type: string]: number };
  /** The experiments with their splits. */
  readonly experiments: readonly ReportedExperiment[];
  /** How often features were evaluated, to what. */
  readonly features: readonly FeatureUse[];
  /** The consumers of the log, and how far each is. */
  readonly consumers: readonly ReportedConsumer[];
}

/** An experiment, its split and its exposures. */
export interface ReportedExperiment extends SampleRatioCheck {
  /** How many exposures were recorded of each variation, by index. */
  readonly exposures: readonly number[];
}

/** Reads a log from its beginning, and gathers what there is to tell of it. */
export function buildReport(log: OpenedLog): LogReport {
  const types = new Map<string, number>();
  const lags = measureLags(log);
  let from = Infinity;
  let to = -Infinity;
  const { states, count } = replay(
    observe(log.events(), ({ type, time, position }) => {
      types.set(type, (types.get(type) ?? 0) + 1);
      from = Math.min(from, time);
      to = Math.max(to, time);
      for (const lag of lags) lag.look(position, time);
    }),
    { sampleRatio, exposureCounts, featureUsage },
  );
  const exposures = sumExposures(states.exposureCounts);
  return {
    events: count,
    from: formatTime(from),
    to: formatTime(to),
    types: Object.fromEntries([...types].sort(([, a], [, b]) => b - a)),
    experiments: checkSampleRatios(states.sampleRatio).map((check) => ({
      ...check,
      exposures: check.variations.map(({ variationId }) =>
        exposures.get(rowKey({ ...check, variationId })) ?? 0
      ),
    })),
    features: listFeatureUsage(states.featureUsage),
    consumers: lags.map(({ report }) => report()),
  };
}

// A row is found by its key: a log of years has one for each variation of an experiment and day.
function sumExposures(counts: ExposureCounts): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of listExposureCounts(counts)) {
    const key = rowKey(row);
    sums.set(key, (sums.get(key) ?? 0) + row.exposures);
  }
  return sums;
}

function rowKey(
  { experimentKey, phase, variationId }: Pick<
    ExposureCount,
    "experimentKey" | "phase" | "variationId"
  >,
): string {
  return JSON.stringify([experimentKey, phase, variationId]);
}

function* observe(
  events: Iterable<RecordedEvent>,
  look: (event: RecordedEvent) => void,
): Iterable<RecordedEvent> {
  for (const event of events) {
    look(event);
    yield event;
  }
}

import {
  checkSampleRatios,
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
import type { OpenedLog } from "./open_log.ts";

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
  /** Who reads the log. */
  readonly consumers: readonly ReportedConsumer[];
}

/** An experiment, its split and its exposures. */
export interface ReportedExperiment extends SampleRatioCheck {
  /** How many exposures were recorded of each variation, by index. */
  readonly exposures: readonly number[];
}

/** A consumer and how far it is. */
export interface ReportedConsumer {
  /** Its name. */
  readonly name: string;
  /** The position up to which it is done. */
  readonly checkpoint: number;
  /** How many events wait for it. */
  readonly waiting: number;
}

/** Reads a log from its beginning, and gathers what there is to tell of it. */
export function buildReport(log: OpenedLog): LogReport {
  const types = new Map<string, number>();
  const consumers = [...log.checkpoints()]
    .map(([name, checkpoint]) => ({ name, checkpoint, waiting: 0 }));
  let from = Infinity;
  let to = -Infinity;
  const { states, count } = replay(
    observe(log.events(), ({ type, time, position }) => {
      types.set(type, (types.get(type) ?? 0) + 1);
      from = Math.min(from, time);
      to = Math.max(to, time);
      for (const consumer of consumers) {
        if (position > consumer.checkpoint) consumer.waiting++;
      }
    }),
    { sampleRatio, exposureCounts, featureUsage },
  );
  const exposures = listExposureCounts(states.exposureCounts);
  return {
    events: count,
    from: formatTime(from),
    to: formatTime(to),
    types: Object.fromEntries([...types].sort(([, a], [, b]) => b - a)),
    experiments: checkSampleRatios(states.sampleRatio).map((check) => ({
      ...check,
      exposures: check.variations.map(({ variationId }) =>
        exposures.reduce(
          (sum, each) =>
            each.experimentKey === check.experimentKey &&
              each.variationId === variationId
              ? sum + each.exposures
              : sum,
          0,
        )
      ),
    })),
    features: listFeatureUsage(states.featureUsage),
    consumers,
  };
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

function formatTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

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
import type { Checkpoint } from "../../log/port/checkpoint.ts";
import { redeliveryLane, wholeLog } from "../../log/port/consumer_key.ts";
import type { ConsumerState } from "../../log/port/event_store.ts";
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
  /** The last position that it has come to. */
  readonly checkpoint: number;
  /** How many events wait for it. */
  readonly waiting: number;
  /** When the oldest of them happened, as ISO 8601; null where none waits. */
  readonly waitingSince: string | null;
  /** How many events it has parked: it could not take them, and they are delivered again on demand. */
  readonly parked: number;
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
    consumers: lags.map(({ report }) => report()),
  };
}

/** What is found out of one consumer while the log is read. */
interface Lag {
  /** Looks at an event of the whole log. */
  readonly look: (position: number, time: number) => void;
  readonly report: () => ReportedConsumer;
}

function measureLags(log: OpenedLog): readonly Lag[] {
  const lanes = log.consumers();
  const names = new Set(lanes.map(({ name }) => name));
  return Array.from(
    names,
    (name) => measureLag(log, name, lanes.filter((each) => each.name === name)),
  );
}

function measureLag(
  log: OpenedLog,
  name: string,
  lanes: readonly ConsumerState[],
): Lag {
  let waiting = 0;
  let since = Infinity;
  const wait = (time: number) => {
    waiting++;
    since = Math.min(since, time);
  };
  const isWaiting = ({ position, unsettled }: Checkpoint) => {
    const listed = new Set(unsettled);
    return (at: number) => at > position || listed.has(at);
  };
  let whole: ((position: number) => boolean) | null = null;
  for (const { lane, checkpoint } of lanes) {
    if (lane === redeliveryLane) continue;
    const waits = isWaiting(checkpoint);
    if (lane === wholeLog) whole = waits;
    else {
      const after = (checkpoint.unsettled[0] ?? checkpoint.position + 1) - 1;
      for (const { position, time } of log.laneEvents(lane, after)) {
        if (waits(position)) wait(time);
      }
    }
  }
  return {
    look: (position, time) => {
      if (whole?.(position)) wait(time);
    },
    report: () => ({
      name,
      checkpoint: Math.max(
        ...lanes.map(({ checkpoint }) => checkpoint.position),
      ),
      waiting,
      waitingSince: formatTime(since),
      parked: log.parked(name).length,
    }),
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

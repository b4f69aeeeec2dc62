import type { Checkpoint } from "../../log/port/checkpoint.ts";
import { redeliveryLane, wholeLog } from "../../log/port/consumer_key.ts";
import type { ConsumerState } from "../../log/port/event_store.ts";
import type { OpenedLog } from "./open/opened_log.ts";

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

/** What is found out of one consumer while the log is read. */
export interface Lag {
  /** Looks at an event of the whole log. */
  readonly look: (position: number, time: number) => void;
  /** Gives what was found out, once the whole log was looked at. */
  readonly report: () => ReportedConsumer;
}

/** Measures how far each consumer of a log is, by the events that it is shown. */
export function measureLags(log: OpenedLog): readonly Lag[] {
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

/** Writes a time as ISO 8601; null where it is none. */
export function formatTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

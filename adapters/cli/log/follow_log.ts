import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { OpenedLog } from "./open/opened_log.ts";

/** How to follow a log. */
export interface FollowOptions {
  /** How many of the last events to begin with. */
  readonly lines: number;
  /** The type of the events that count; all for null. */
  readonly type: string | null;
  /** Whether to end after the last event. */
  readonly once: boolean;
  /** Wakes it up to look for more. */
  readonly clock: Pick<Clock, "setTimer">;
  /** Ends it when it is aborted. */
  readonly signal: AbortSignal;
}

/** How long it waits before it looks again, in milliseconds. */
const pause = 250;

/** Gives the last events of a log, and each new one as it comes. */
export async function* followLog(
  log: OpenedLog,
  { lines, type, once, clock, signal }: FollowOptions,
): AsyncGenerator<RecordedEvent> {
  const isWanted = (event: RecordedEvent) =>
    type === null || event.type === type;
  let position = log.last();
  // Of one type, they may be anywhere.
  const start = type === null ? Math.max(0, position - lines) : 0;
  const latest: RecordedEvent[] = [];
  for (const event of log.events(start)) {
    position = event.position;
    if (isWanted(event)) latest.push(event);
    if (latest.length > lines) latest.shift();
  }
  yield* latest;
  while (!once && !signal.aborted) {
    await pauseOf(clock, signal);
    await log.refresh?.().catch(() => {});
    for (const event of log.events(position)) {
      position = event.position;
      if (isWanted(event)) yield event;
    }
  }
}

function pauseOf(
  clock: FollowOptions["clock"],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.setTimer(end, pause);
    signal.addEventListener("abort", end);
  });
}

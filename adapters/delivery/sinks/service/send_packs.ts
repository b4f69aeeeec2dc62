import type { Clock } from "../../../support/time/clock.ts";
import { pause } from "../../store/insist.ts";
import type { SinkAnswer, SinkEvent } from "../../sink.ts";
import type { WireEvent } from "./pack_events.ts";
import { isUnclear } from "./send_request.ts";

/** What a sink remembers from one batch to the next. */
export interface SinkCourse {
  /** Whether the last request ended without an answer. */
  isInDoubt: boolean;
  /** When the next request may begin. */
  next: number;
}

/** How packs are sent. */
export interface PackSending {
  /** Sends one; gives what the service says of each event, or null where it took all of them. */
  readonly send: (
    pack: readonly WireEvent[],
    signal: AbortSignal,
  ) => Promise<SinkAnswer | null>;
  /** Sends a request without events. Rejects where there is no answer, or one that asks for patience. */
  readonly knock: (signal: AbortSignal) => Promise<void>;
  /** Is aborted when the answer is no longer waited for. */
  readonly signal: AbortSignal;
  /** The events that were refused before. */
  readonly refused: NonNullable<SinkAnswer["refused"]>;
  /** Whether the service takes what comes twice with the same id for one event. */
  readonly knowsIds: boolean;
  /** How much time is at least between the beginnings of two requests, in milliseconds. */
  readonly interval: number;
  /** How many requests may be open at once. */
  readonly requests: number;
  /** So long after the first request begins the last one, at most, in milliseconds. */
  readonly longest: number;
  /** Sets timers. */
  readonly clock: Clock;
  /** Tells how much time has passed, in milliseconds. */
  readonly time: () => number;
  /** What the sink remembers from one batch to the next. */
  readonly course: SinkCourse;
}

/**
 * Sends packs, one after the other or side by side, and gives what became of each event. After a
 * failure no other pack is begun: its events wait, as the failure says.
 *
 * A service that knows no ids would count a custom event twice, so one whose sending ended unclear is
 * parked as `unsure`; exposures may be repeated, because an analysis takes a user's first. While such
 * a service is in doubt, a request without events goes ahead, so that an outage leaves few of them.
 */
export async function sendPacks(
  packs: readonly (readonly WireEvent[])[],
  sending: PackSending,
): Promise<SinkAnswer> {
  const { course, knowsIds, requests, signal, time } = sending;
  const refused = [...sending.refused];
  const again: string[] = [];
  let failure: unknown;
  const waiting = [...packs];
  const latest = time() + sending.longest;
  const sendNext = async (): Promise<void> => {
    for (
      let pack = waiting.shift();
      pack !== undefined;
      pack = waiting.shift()
    ) {
      if (failure === undefined) await keepPace(sending);
      if (failure === undefined && time() > latest) failure = tooSlow();
      if (failure !== undefined) {
        again.push(...idsOf(pack));
        continue;
      }
      try {
        const answer = await sending.send(pack, signal);
        course.isInDoubt = false;
        refused.push(...answer?.refused ?? []);
        again.push(...answer?.again ?? []);
      } catch (error) {
        failure ??= error;
        const isLost = isUnclear(error) && !knowsIds;
        if (isLost) course.isInDoubt = true;
        for (const { event } of pack) {
          if (isLost && !isRepeatable(event)) {
            refused.push(
              unsure(event, error),
            );
          } else again.push(event.id);
        }
      }
    }
  };
  if (course.isInDoubt && !knowsIds && waiting.length > 0) {
    try {
      await keepPace(sending);
      await sending.knock(signal);
      course.isInDoubt = false;
    } catch (error) {
      failure = error;
    }
  }
  await Promise.all(
    Array.from(
      { length: Math.max(1, Math.min(requests, waiting.length)) },
      sendNext,
    ),
  );
  return {
    refused,
    again,
    ...(failure === undefined ? {} : { failure }),
  };
}

async function keepPace(
  { interval, time, course, clock, signal }: PackSending,
): Promise<void> {
  if (interval <= 0) return;
  const wait = course.next - time();
  course.next = Math.max(course.next, time()) + interval;
  if (wait > 0) await pause(wait, { clock, signal });
}

function tooSlow(): Error {
  const error = new Error("Cannot send all events: the service is slow");
  return Object.assign(error, { delivery: "busy" });
}

function isRepeatable({ type }: SinkEvent): boolean {
  return type === "experiment.viewed";
}

function unsure(event: SinkEvent, error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  return { id: event.id, reason: "unsure" as const, message };
}

function idsOf(pack: readonly WireEvent[]): readonly string[] {
  return pack.map(({ event }) => event.id);
}

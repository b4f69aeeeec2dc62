import type { NewEvent } from "../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../core/events/types/tracking_event.ts";
import type { Clock } from "../support/clock.ts";
import { createDropTally } from "./create_drop_tally.ts";

/** What a log had to refuse, and did not tell of yet. */
export interface Losses {
  /** Counts an event of a type. */
  readonly add: (type: string, reason: DropReason) => void;
  /** Whether there is anything to tell. */
  readonly isAny: () => boolean;
  /** Gives the events that tell of it, one for each reason, and begins anew. */
  readonly tell: () => readonly NewEvent[];
}

/** Makes a count of what is lost. */
export function createLosses(
  { createId, clock }: {
    readonly createId: () => string;
    readonly clock: Pick<Clock, "now">;
  },
): Losses {
  let tallies = new Map<DropReason, ReturnType<typeof createDropTally>>();
  return {
    add: (type, reason) => {
      let tally = tallies.get(reason);
      if (tally === undefined) tallies.set(reason, tally = createDropTally());
      tally.add(type, 1);
    },
    isAny: () => tallies.size > 0,
    tell: () => {
      const told = [...tallies];
      if (told.length > 0) tallies = new Map();
      return told.map(([reason, tally]) => ({
        id: createId(),
        time: clock.now(),
        type: "events.dropped",
        version: 1,
        data: {
          reason,
          count: tally.count(),
          types: tally.types(),
          consumer: null,
        },
      }));
    },
  };
}

import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Clock } from "../../support/time/clock.ts";
import {
  createDropTally,
  type DropTally,
} from "../../log/create_drop_tally.ts";

/** Counts events that were given up, and tells of them once a turn. */
export interface LossesReport {
  /** Counts an event of a type. `consumer` is the one that will not get it; null where none will. */
  readonly add: (
    type: string,
    reason: DropReason,
    consumer: string | null,
  ) => void;
}

/** Makes the count. `tell` gets one `events.dropped` event for each consumer and reason. */
export function createLossesReport(
  { createId, clock }: {
    readonly createId: () => string;
    readonly clock: Pick<Clock, "now">;
  },
  tell: (event: NewEvent) => void,
): LossesReport {
  let losses: Loss[] = [];
  const tellAll = () => {
    const told = losses;
    losses = [];
    for (const { reason, consumer, tally } of told) {
      const [count, types] = [tally.count(), tally.types()];
      tell({
        id: createId(),
        time: clock.now(),
        type: "events.dropped",
        version: 1,
        data: { reason, count, types, consumer },
      });
    }
  };
  return {
    add: (type, reason, consumer) => {
      // That something was lost is not told again where that event is lost itself.
      if (type === "events.dropped") return;
      if (losses.length === 0) queueMicrotask(tellAll);
      let loss = losses.find((known) =>
        known.reason === reason && known.consumer === consumer
      );
      if (loss === undefined) {
        losses.push(loss = { reason, consumer, tally: createDropTally() });
      }
      loss.tally.add(type, 1);
    },
  };
}

interface Loss {
  readonly reason: DropReason;
  readonly consumer: string | null;
  readonly tally: DropTally;
}

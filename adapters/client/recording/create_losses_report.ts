import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Clock } from "../../support/clock.ts";
import { createLosses, type Losses } from "../../log/create_losses.ts";

/** Counts events that were given up, and tells of them once a turn. */
export interface LossesReport {
  /** Counts an event of a type. `consumer` is the one that will not get it; null where nobody will. */
  readonly add: (
    type: string,
    reason: DropReason,
    consumer: string | null,
  ) => void;
}

/** Makes the count. `tell` gets one `events.dropped` event for each consumer and reason. */
export function createLossesReport(
  ports: {
    readonly createId: () => string;
    readonly clock: Pick<Clock, "now">;
  },
  tell: (event: NewEvent) => void,
): LossesReport {
  let losses = new Map<string | null, Losses>();
  const tellAll = () => {
    const told = losses;
    losses = new Map();
    for (const [consumer, each] of told) {
      for (const event of each.tell()) {
        tell({ ...event, data: { ...event.data, consumer } });
      }
    }
  };
  return {
    add: (type, reason, consumer) => {
      // The word of what was lost is not worth a word where it is lost itself.
      if (type === "events.dropped") return;
      if (losses.size === 0) queueMicrotask(tellAll);
      let known = losses.get(consumer);
      if (known === undefined) {
        losses.set(consumer, known = createLosses(ports));
      }
      known.add(type, reason);
    },
  };
}

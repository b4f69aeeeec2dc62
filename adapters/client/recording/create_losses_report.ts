import type {
  DropReason,
  EventsDroppedData,
} from "../../../core/events/types/tracking_event.ts";

/** Counts events that were given up, and tells of them once a turn. */
export interface LossesReport {
  /** Counts an event of a type. `consumer` is the one that will not get it; null where none will. */
  readonly add: (
    type: string,
    reason: DropReason,
    consumer: string | null,
  ) => void;
}

/** Makes the counter. `tell` gets the data of one `events.dropped` event for each consumer and reason. */
export function createLossesReport(
  tell: (data: EventsDroppedData) => void,
): LossesReport {
  const losses: Loss[] = [];
  return {
    add: (type, reason, consumer) => {
      // That something was lost is not told again where that event is lost itself.
      if (type === "events.dropped") return;
      if (losses.length === 0) {
        queueMicrotask(() => losses.splice(0).forEach(tell));
      }
      let loss = losses.find((known) =>
        known.reason === reason && known.consumer === consumer
      );
      if (loss === undefined) {
        losses.push(loss = { reason, count: 0, types: {}, consumer });
      }
      loss.count++;
      // A client has few types of events, and they are ours.
      loss.types[type] = (loss.types[type] ?? 0) + 1;
    },
  };
}

interface Loss extends EventsDroppedData {
  count: number;
  readonly types: { [type: string]: number };
}

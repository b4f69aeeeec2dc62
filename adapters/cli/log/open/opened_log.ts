import type { RecordedEvent } from "../../../../core/events/types/recorded_event.ts";
import type { ConsumerState } from "../../../log/port/event_store.ts";
import type { ParkedEvent } from "../../../log/port/parked_event.ts";

/** A log that is read, and never written. */
export interface OpenedLog {
  /** The events after a position, oldest first, read as they are asked for. */
  readonly events: (after?: number) => Iterable<RecordedEvent>;
  /** The events of a lane after a position, oldest first. */
  readonly laneEvents: (
    lane: string,
    after: number,
  ) => Iterable<RecordedEvent>;
  /** How far its consumers have come; their owners are not looked up. */
  readonly consumers: () => readonly ConsumerState[];
  /** What a consumer has parked, oldest first. */
  readonly parked: (name: string) => readonly ParkedEvent[];
  /** The position of the newest event that ever was there. */
  readonly last: () => number;
  /** Reads on, where the log was read as a whole. */
  readonly refresh?: () => Promise<void>;
  /** Lets go of it. */
  readonly close: () => void | Promise<void>;
}

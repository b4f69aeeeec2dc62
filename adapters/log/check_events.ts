import { showValue } from "../../core/payload/read/show_value.ts";
import type { NewEvent } from "../../core/events/types/recorded_event.ts";
import { type CheckedEvent, checkEvent } from "./check_event.ts";

/** Checks the events of an append, each by `checkEvent`. Throws a `TypeError` where they are no list. */
export function checkEvents(
  events: readonly NewEvent[],
): readonly CheckedEvent[] {
  checkList(events);
  return events.map(checkEvent);
}

/** Throws a `TypeError` for what is no list of events, such as a single one. */
export function checkList(events: unknown): void {
  if (Array.isArray(events)) return;
  throw new TypeError(
    `Cannot append events: a list of events is needed, the current value is ${
      showValue(events)
    }`,
  );
}

import type { NewEvent } from "../../core/events/recorded_event.ts";

/** Gives how many characters the JSON of an event has; null where it is no JSON. */
export function sizeOf(event: NewEvent): number | null {
  try {
    return JSON.stringify(event).length;
  } catch {
    return null;
  }
}

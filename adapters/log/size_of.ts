import type { NewEvent } from "../../core/events/types/recorded_event.ts";
import { checkEvent } from "./check_event.ts";

/** Gives how many characters the JSON of an event has; null where no store can keep it. */
export function sizeOf(event: NewEvent): number | null {
  try {
    return checkEvent(event, 0).size;
  } catch {
    return null;
  }
}

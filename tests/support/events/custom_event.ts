import type { NewEvent } from "../../../core/events/types/recorded_event.ts";

/** Makes an event that an application logged, with an id of one's own. */
export function customEvent(id: string, time: number = 0): NewEvent {
  const data = { name: "clicked", properties: { id } };
  return { id, time, type: "custom", version: 1, data };
}

import type { NewEvent } from "../../../core/events/types/recorded_event.ts";

/** Makes the small event number `index`, always the same. */
export function makeEvent(index: number): NewEvent {
  return {
    id: `0198c0de-0000-7000-8000-${String(index).padStart(12, "0")}`,
    time: 1_750_000_000_000 + index,
    type: "custom",
    version: 1,
    data: { name: "clicked", properties: { index } },
  };
}

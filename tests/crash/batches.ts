import type { NewEvent } from "../../core/events/types/recorded_event.ts";

/** The events of a batch: 1 to 20 of them, always the same, so that a batch can be given again. */
export function batchOf(index: number): readonly NewEvent[] {
  const size = 1 + (Math.imul(index + 1, 2_654_435_761) >>> 16) % 20;
  return Array.from({ length: size }, (_, offset) => ({
    id: `${index}-${offset}`,
    time: index,
    type: "custom",
    version: 1,
    data: { name: "batch", properties: { index, offset, size } },
  }));
}

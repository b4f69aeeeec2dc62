import type { RecordedEvent } from "../../core/events/types/recorded_event.ts";

const ownTypes: readonly string[] = [
  "events.dropped",
  "delivery.parked",
  "storage.degraded",
  "erased",
];

/** Whether events of a type are about the log itself. */
function isOwnType(type: string): boolean {
  return ownTypes.includes(type);
}

/** Whether a consumer wants events of a type; one without types wants all but the log's own. */
export function wantsType(
  types: readonly string[] | undefined,
  type: string,
): boolean {
  return types === undefined ? !isOwnType(type) : types.includes(type);
}

/** How many events that a consumer wants are lost to it, as an event says; 0 for any other event. */
export function droppedFor(
  name: string,
  types: readonly string[] | undefined,
  { type, data }: RecordedEvent,
): number {
  if (type !== "events.dropped" || data["consumer"] !== name) return 0;
  return Object.entries(data["types"] ?? {}).reduce(
    (sum, [each, count]) =>
      typeof count === "number" && wantsType(types, each) ? sum + count : sum,
    0,
  );
}

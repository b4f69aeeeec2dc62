import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";
import type { ParkingEvent } from "../../log/port/parked_event.ts";
import type { EngineItem, EngineParking } from "../engine/engine.ts";
import type { Ledger } from "./create_ledger.ts";

/** An event of a store, on its way through an engine. */
export interface StoreItem extends EngineItem {
  /** The event. */
  readonly event: RecordedEvent;
  /** Where it is settled. */
  readonly ledger: Pick<Ledger, "settle" | "park" | "isHeld">;
}

/** Makes an item of an event that was read. */
export function storeItem(
  event: RecordedEvent,
  ledger: StoreItem["ledger"],
): StoreItem {
  return { event, ledger, order: 0, characters: sizeHint(event) };
}

/** Settles items that a destination took. */
export function settleItems(items: readonly StoreItem[]): void {
  for (const { event, ledger } of items) ledger.settle(event.position);
}

/** Parks items, each with the ledger that it came from. */
export function parkItems(
  items: readonly StoreItem[],
  { attempts, reason, message }: EngineParking,
): void {
  const lists = new Map<StoreItem["ledger"], ParkingEvent[]>();
  for (const { event, ledger } of items) {
    const list = lists.get(ledger) ?? [];
    list.push({ event, attempts, reason, message });
    lists.set(ledger, list);
  }
  for (const [ledger, events] of lists) ledger.park(events);
}

// About how much JSON an event is, without making it: two levels of texts are most of it.
function sizeHint({ data, user }: RecordedEvent): number {
  return 200 + textsIn(data) + (user === undefined ? 0 : textsIn(user));
}

function textsIn(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null || depth > 8) return 6;
  let size = 2;
  for (const [name, each] of Object.entries(value)) {
    size += name.length + 4 + textsIn(each, depth + 1);
  }
  return size;
}

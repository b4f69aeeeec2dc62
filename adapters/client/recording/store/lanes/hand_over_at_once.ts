import type { TrackingCall } from "../../consumers/client_consumer.ts";
import type { ClientItem } from "../../consumers/client_item.ts";
import type { StoreConsumer } from "../create_store_consumer.ts";

/** So many calls are made before the time is looked at again. */
const look = 16;

/** So long, in milliseconds, it goes on before it looks at the ownership again, which asks the system. */
const longestUnseen = 1;

/** So long, in milliseconds, it goes on, so that others have their turn. */
const longestTurn = 10;

/**
 * Hands items over that were just stored, and gives those that are left. While all is well, a tracking
 * callback takes each as soon as it is called, and nothing needs to be noted for that: neither in the
 * engine nor as unsettled. The first one that fails, or has no answer yet, is left to the engine with
 * the call that was begun, and with all that come after it.
 */
export function handOverAtOnce(
  { engine, track, counts }: StoreConsumer,
  items: readonly ClientItem[],
  passed: () => number,
): readonly ClientItem[] {
  if (track === null) return items;
  const start = passed();
  let lookedAt = -Infinity;
  let count = 0;
  for (const item of items) {
    // The callback itself may pause it, or end it.
    if (!engine.isClear()) break;
    if (count % look === 0) {
      const now = passed();
      if (now - start > longestTurn) break;
      if (now - lookedAt >= longestUnseen) {
        if (!item.ledger!.isHeld()) break;
        lookedAt = now;
      }
    }
    if (!isTaken(track, item)) break;
    counts.delivered++;
    count++;
  }
  return count === 0 ? items : items.slice(count);
}

function isTaken(track: TrackingCall, item: ClientItem): boolean {
  // Few ask for the signal, which costs more than the rest of a call.
  let ending: AbortController | null = null;
  const end = () => ending ??= new AbortController();
  let outcome: () => unknown;
  try {
    const result = track(item, { attempt: 1, signal: () => end().signal });
    if (typeof Object(result).then !== "function") return true;
    const answer = Promise.resolve(result);
    // The engine hears of it, unless it is paused meanwhile.
    answer.catch(() => {});
    outcome = () => answer;
  } catch (error) {
    outcome = () => {
      throw error;
    };
  }
  item.begun = { outcome, abort: () => end().abort() };
  return false;
}

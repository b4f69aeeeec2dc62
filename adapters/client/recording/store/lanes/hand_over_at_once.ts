import type { ClientItem } from "../../engines/client_item.ts";
import type { LineOptions } from "../../line/line.ts";
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
  { engine, track, counts, storage }: StoreConsumer,
  items: readonly ClientItem[],
  { passed, beginCall }: Pick<LineOptions, "passed" | "beginCall">,
): readonly ClientItem[] {
  if (track === null) return items;
  const start = passed();
  let lookedAt = -Infinity;
  let count = 0;
  let erased: readonly ClientItem[] = [];
  storage.onErased = (isGone) => erased = [...erased, ...items.filter(isGone)];
  for (const item of items) {
    // The callback itself may pause it, or end it, or erase a user.
    if (erased.length > 0 || !engine.isClear()) break;
    if (count % look === 0) {
      const now = passed();
      if (now - start > longestTurn) break;
      if (now - lookedAt >= longestUnseen) {
        if (!item.ledger!.isHeld()) break;
        lookedAt = now;
      }
    }
    item.begun = beginCall(track, item.entry!);
    if (item.begun !== null) {
      // The engine hears of it, unless it is paused meanwhile.
      item.begun.answer.catch(() => {});
      break;
    }
    counts.delivered++;
    count++;
  }
  storage.onErased = () => {};
  const left = count === 0 ? items : items.slice(count);
  if (erased.length === 0) return left;
  // A call that was begun goes on. The others are as if they had never been recorded.
  const kept = left.filter((item) =>
    item.begun !== null || !erased.includes(item)
  );
  counts.recorded -= left.length - kept.length;
  return kept;
}

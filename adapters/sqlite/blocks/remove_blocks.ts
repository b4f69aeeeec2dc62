import type { Connection } from "../file/connection.ts";
import { type BlockRow, bodyWith, idOf, intactBody } from "./block.ts";
import { isOrderedId } from "./ordered_id.ts";

interface Row extends BlockRow {
  readonly low: string | null;
  readonly top: string;
}

/** Removes the events up to a position, and keeps the ids of the last `rememberedIds` of them. */
export function removeBlocks(
  statements: Connection["statements"],
  through: number,
  rememberedIds: number,
): void {
  const forgotten = through - rememberedIds;
  const rows = statements.blocksUpTo.all(through) as unknown as readonly Row[];
  for (const { last, first, low, top, body } of rows) {
    const end = Math.min(last, through);
    if (end <= forgotten && end < through) continue;
    const { forms, events } = intactBody(body);
    const ids = events.map(idOf);
    const count = end - first + 1;
    const kept = end > forgotten ? ids.slice(0, count) : [];
    statements.remember.run(
      end,
      firstInOrder(kept, low, 0, kept.length),
      top,
      JSON.stringify(kept),
    );
    if (end === last) continue;
    const start = firstInOrder(ids, low, count, ids.length);
    // One that is damaged stays so: its loss is told where it is read.
    const left = events.length === 0
      ? body
      : bodyWith({ forms }, events.slice(count));
    statements.writeBlock.run(end + 1, start, left, last);
  }
  statements.remove.run(through);
  statements.forget.run(forgotten);
  statements.forgetLateIds.run(forgotten);
}

// The first id of those in order between two places; null where there is none. In order are those that
// are larger than all before them, from the first one of the block on.
function firstInOrder(
  ids: readonly string[],
  low: string | null,
  from: number,
  to: number,
): string | null {
  if (low === null) return null;
  let largest = "";
  for (const [index, id] of ids.entries()) {
    if (index >= to) return null;
    if (id < low || id <= largest || !isOrderedId(id)) continue;
    if (index >= from) return id;
    largest = id;
  }
  return null;
}

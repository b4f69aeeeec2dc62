import { byteLength } from "../../support/byte_length.ts";
import { type BlockRow, intactBody } from "../blocks/block.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";

/**
 * Gives the last position to remove so that the newest events are left that take nine tenths of a bound
 * at most, where all of them take more than it, to about a tenth; 0 where they don't. Each block knows
 * what all take up to it, so that nothing is added up.
 */
export function bytesEnd(
  { statements }: Connection,
  maxBytes: number,
): number {
  if (readNumber(statements.heldBytes.get()) <= maxBytes) return 0;
  const room = 0.9 * maxBytes;
  const row = statements.blockPast.get(room) as unknown as
    | BlockRow & { readonly newer: number }
    | undefined;
  if (row === undefined) return 0;
  const { events } = intactBody(row.body);
  const frame = byteLength(row.body) - byteLength(JSON.stringify(events));
  let left = room - row.newer - frame;
  let kept = 0;
  for (const entry of events.toReversed()) {
    left -= byteLength(JSON.stringify(entry)) + 1;
    if (left < 0) break;
    kept++;
  }
  return row.last - kept;
}

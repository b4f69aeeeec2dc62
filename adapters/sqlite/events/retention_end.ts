import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import type { Connection } from "../file/connection.ts";
import { readNumber } from "../file/read_number.ts";
import { bytesEnd } from "./bytes_end.ts";
import type { EventAges } from "./event_ages.ts";
import type { SqliteRetention } from "../sqlite_options.ts";

/** Up to where events must go, and why. */
export interface Excess {
  /** The last position to remove. */
  readonly through: number;
  /** The bound that is passed. */
  readonly reason: DropReason;
}

/**
 * Says up to which position events must go for a log that is past one of its bounds; null where it
 * isn't. That makes room for a tenth of the bound, so that there is work for many and not for each.
 * Only events count, and only what removing them changes. The newest stays for its bytes, even where
 * it alone takes too many.
 */
export function retentionEnd(
  connection: Connection,
  { capacity, maxBytes }: Pick<SqliteRetention, "capacity" | "maxBytes">,
  ages: EventAges | null,
): Excess | null {
  const { statements } = connection;
  const last = readNumber(statements.last.get());
  const first = readNumber(statements.first.get());
  if (first === 0) return null;
  const count = last - first + 1;
  if (capacity !== undefined && count > capacity) {
    return { through: last - Math.floor(capacity * 0.9), reason: "overflow" };
  }
  if (maxBytes !== undefined) {
    const through = Math.min(bytesEnd(connection, maxBytes), last - 1);
    if (through >= first) return { through, reason: "bytes" };
  }
  const through = ages?.end(connection) ?? 0;
  return through >= first ? { through, reason: "age" } : null;
}

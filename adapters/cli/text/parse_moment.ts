/** Up to where a log counts. */
export interface Moment {
  /** The last position. */
  readonly position: number;
  /** The latest time, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
}

/**
 * Reads a moment: a position, which is a whole number, or a time as ISO 8601 has it. Null is the end
 * of the log. Gives null for anything else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseMoment("12"), { position: 12, time: Infinity });
 * assertEquals(parseMoment("1970-01-01T00:00:01Z"), { position: Infinity, time: 1000 });
 * assertEquals(parseMoment("noon"), null);
 * ```
 */
export function parseMoment(text: string | null): Moment | null {
  if (text === null) return { position: Infinity, time: Infinity };
  if (/^\d{1,15}$/.test(text)) {
    return { position: Number(text), time: Infinity };
  }
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : { position: Infinity, time };
}

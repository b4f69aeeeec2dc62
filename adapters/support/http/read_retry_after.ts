import type { Clock } from "../time/clock.ts";

/**
 * Reads when a server wants to be asked again: a `Retry-After` header of seconds, or of a date.
 * Gives milliseconds from now, 0 or more, or null where there is none that can be read. A date is
 * compared with the server's own `Date`, where that is told, so that the clock here doesn't matter.
 *
 * Source: RFC 9110, section 10.2.3.
 */
export function readRetryAfter(
  header: (name: string) => string | null,
  clock: Pick<Clock, "now">,
): number | null {
  const text = header("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = readDate(text);
  if (Number.isNaN(date)) return null;
  const sent = readDate(header("date") ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? clock.now() : sent));
}

/** Reads a date, which begins with the name of a day; `Date.parse` would also take "-5" for one. */
function readDate(text: string): number {
  return /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
}

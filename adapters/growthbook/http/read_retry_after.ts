/**
 * Reads when a server wants to be asked again: a `Retry-After` header of seconds, or of a date.
 * Gives milliseconds from now, 0 or more, or null where there is none that can be read.
 *
 * Source: RFC 9110, section 10.2.3.
 *
 * @example
 * ```ts ignore
 * readRetryAfter("120", Date.now()); // 120000
 * ```
 */
export function readRetryAfter(
  value: string | null,
  now: number,
): number | null {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // A date begins with the name of a day; `Date.parse` would also take "-5" for one.
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

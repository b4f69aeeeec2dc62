import type { Consumers } from "./create_consumers.ts";
import type { Entries } from "./create_entries.ts";

/** To which share of a bound the events are brought once they exceed it. */
const share = 0.9;

/** How many of the oldest events have to go where there are more than `capacity`. */
export function tooMany(
  entries: Entries,
  capacity: number,
  consumers: Consumers,
): number {
  const size = entries.size();
  if (size <= capacity) return 0;
  const rest = Math.ceil(capacity * share);
  const most = capacity - countBehind(consumers, entries.last());
  return size - Math.max(0, Math.min(rest, most));
}

/** How many of the oldest events have to go where their JSON has more than `maxCharacters`. */
export function tooLarge(entries: Entries, maxCharacters: number): number {
  let rest = entries.bytes();
  if (rest <= maxCharacters) return 0;
  let count = 0;
  for (; rest > maxCharacters * share; count++) {
    rest -= entries.oldest(count)!.bytes;
  }
  return count;
}

/** How many of the oldest events have to go where one came more than `maxAge` before `now`. */
export function tooOld(entries: Entries, now: number, maxAge: number): number {
  if (now - (entries.oldest(0)?.time ?? now) <= maxAge) return 0;
  const limit = now - maxAge * share;
  let count = 0;
  while ((entries.oldest(count)?.time ?? Infinity) < limit) count++;
  return count;
}

// Each of them gets an event of its own that tells of what it lost: room is made for those, too.
function countBehind(consumers: Consumers, last: number): number {
  const behind = consumers.list()
    .filter(({ checkpoint }) => checkpoint.position < last)
    .map(({ name }) => name);
  return new Set(behind).size;
}

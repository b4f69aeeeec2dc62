import type { Payload } from "../../core/types/payload.ts";

/**
 * What a payload is to the one before it: something `new`, the `same`, `older`, or `overtaken`: it
 * may be older, for it was asked for before the last one was pushed.
 */
export type PayloadVerdict = "new" | "same" | "older" | "overtaken";

/**
 * Judges a payload by the one before it. The dates decide where both have one and they differ, and
 * otherwise the order: `isEarlier` says that this one was asked for before the last was pushed. Two
 * payloads that differ in nothing but the date are the same.
 */
export function judgePayload(
  previous: Payload | null,
  next: Payload,
  isEarlier: boolean,
): PayloadVerdict {
  if (previous === null) return "new";
  if (isSamePayload(previous, next)) return "same";
  const difference = readDate(next) - readDate(previous);
  if (difference > 0) return "new";
  if (difference < 0) return "older";
  return isEarlier ? "overtaken" : "new";
}

function readDate({ dateUpdated }: Payload): number {
  return dateUpdated === undefined ? NaN : Date.parse(dateUpdated);
}

function isSamePayload(left: Payload, right: Payload): boolean {
  const pairs: unknown[] = [
    { ...left, dateUpdated: null },
    { ...right, dateUpdated: null },
  ];
  // Without recursion and without a limit: what was parsed is finite, and may be megabytes.
  while (pairs.length > 0) {
    const other = pairs.pop();
    const one = pairs.pop();
    if (Object.is(one, other)) continue;
    if (!isContainer(one) || !isContainer(other)) return false;
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const names = Object.keys(one);
    if (names.length !== Object.keys(other).length) return false;
    for (const name of names) {
      if (!Object.hasOwn(other, name)) return false;
      pairs.push(one[name], other[name]);
    }
  }
  return true;
}

function isContainer(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null;
}

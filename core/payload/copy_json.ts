import type { JsonPrimitive, JsonValue } from "../types/json.ts";
import type { PayloadIssueCode } from "../types/payload_issue.ts";
import { type Place, placeAt } from "./place.ts";
import { keysSafely, kindOf, readSafely, unreadable } from "./read_safely.ts";
import { setOwn } from "./set_own.ts";

/**
 * How many levels deep a value may be. What JSON text can hold is less deep; what a proxy makes up
 * may have no end.
 */
export const maxDepth = 100_000;

/** How much may be copied: a container counts as ten, anything else as one. */
export const maxSize = 20_000_000;

/** What keeps a value from being copied. */
export interface CopyFault {
  /** Where it is. */
  readonly place: Place;
  /** What it is. */
  readonly code: PayloadIssueCode & ("not-json" | "too-large");
  /** What it is, as the end of a message. */
  readonly reason: string;
}

/** What copies of one payload have in common. */
export interface Copier {
  /** The copy of each object that was copied, or is being copied: what is shared stays shared. */
  readonly copies: Map<object, Container>;
  /** The objects that are being copied. */
  readonly open: Set<object>;
  /** Why an object can't be copied. */
  readonly failed: Map<object, CopyFault>;
  /** How much was copied. */
  size: number;
  /** Why the last value could not be copied. */
  fault: CopyFault | null;
}

/** Starts copying a payload. */
export function startCopier(): Copier {
  return {
    copies: new Map(),
    open: new Set(),
    failed: new Map(),
    size: 0,
    fault: null,
  };
}

/**
 * Copies a JSON value, frozen all the way down. Own enumerable properties with names are copied
 * and nothing else is read; a property that is undefined is left out, as in JSON text. What an
 * object shares with others is copied once. Works without recursion, so any depth will do.
 *
 * Returns undefined for what is no JSON value, or has something in it that is none; the copier's
 * `fault` then says what and where. Never throws.
 */
export function copyJson(
  copier: Copier,
  value: unknown,
  place: Place,
): JsonValue | undefined {
  const frames: Frame[] = [];
  const copy = enter(copier, value, place, frames);
  if (copy === undefined) return undefined;
  while (frames.length > 0) {
    if (!step(copier, frames)) {
      abandon(copier, frames);
      return undefined;
    }
  }
  return copy;
}

type Container = JsonValue[] | { [name: string]: JsonValue };

/** A container whose properties are being copied. */
interface Frame {
  readonly source: object;
  readonly copy: Container;
  readonly place: Place;
  /** Their names; null for an array. */
  readonly names: readonly string[] | null;
  readonly count: number;
  next: number;
}

/** Copies one property of the innermost container, or closes it; false where that fails. */
function step(copier: Copier, frames: Frame[]): boolean {
  const frame = frames[frames.length - 1]!;
  const { source, copy, names } = frame;
  if (frame.next === frame.count) {
    Object.freeze(copy);
    copier.open.delete(source);
    frames.pop();
    return true;
  }
  const key = names === null ? frame.next : names[frame.next]!;
  frame.next++;
  const value = readSafely(source, key);
  if (value === undefined && names !== null) return true;
  const property = typeof value === "object" && value !== null
    ? enter(copier, value, placeAt(frame.place, key), frames)
    : copyPrimitive(copier, value, frame.place, key);
  if (property === undefined) return false;
  setOwn(copy, key, property);
  return true;
}

/** Copies a value, or begins to: a container then waits among the frames to be filled. */
function enter(
  copier: Copier,
  value: unknown,
  place: Place,
  frames: Frame[],
): JsonValue | undefined {
  if (typeof value !== "object" || value === null) {
    return copyPrimitive(copier, value, place, null);
  }
  const failed = copier.failed.get(value);
  if (failed !== undefined) return fail(copier, { ...failed, place });
  if (copier.open.has(value)) return notJson(copier, place, "it is in itself");
  const known = copier.copies.get(value);
  if (known !== undefined) return known;
  copier.size += 10;
  if (copier.size > maxSize || frames.length >= maxDepth) {
    const reason = copier.size > maxSize ? "too large" : "too deep";
    return fail(copier, {
      place,
      code: "too-large",
      reason: `it is ${reason}`,
    });
  }
  const frame = open(copier, value, place);
  if (frame === null) return undefined;
  copier.copies.set(value, frame.copy);
  copier.open.add(value);
  frames.push(frame);
  return frame.copy;
}

function open(copier: Copier, source: object, place: Place): Frame | null {
  const kind = kindOf(source);
  if (kind === "other") {
    notJson(copier, place, "it is neither a plain object nor an array");
    return null;
  }
  if (kind === "array") {
    const count = readSafely(source, "length");
    if (Number.isSafeInteger(count)) {
      const copy: Container = [];
      return {
        source,
        copy,
        place,
        names: null,
        count: count as number,
        next: 0,
      };
    }
  }
  const names = kind === "record" ? keysSafely(source) : null;
  if (names === null) {
    notJson(copier, place, "it can't be read");
    return null;
  }
  return { source, copy: {}, place, names, count: names.length, next: 0 };
}

function copyPrimitive(
  copier: Copier,
  value: unknown,
  place: Place,
  key: string | number | null,
): JsonValue | undefined {
  copier.size++;
  if (isPrimitive(value) && copier.size <= maxSize) return value;
  const there = key === null ? place : placeAt(place, key);
  return copier.size > maxSize
    ? tooLarge(copier, there, "large")
    : notJson(copier, there, describe(value));
}

function isPrimitive(value: unknown): value is JsonPrimitive {
  return typeof value === "string" || typeof value === "boolean" ||
    value === null || typeof value === "number" && Number.isFinite(value);
}

function describe(value: unknown): string {
  if (value === unreadable) return "reading it throws";
  return typeof value === "number" || value === undefined
    ? `the current value is ${value}`
    : `the current value is a ${typeof value}`;
}

function notJson(copier: Copier, place: Place, reason: string): undefined {
  return fail(copier, { place, code: "not-json", reason });
}

function tooLarge(
  copier: Copier,
  place: Place,
  dimension: "large" | "deep",
): undefined {
  return fail(copier, {
    place,
    code: "too-large",
    reason: `it is too ${dimension}`,
  });
}

function fail(copier: Copier, fault: CopyFault): undefined {
  copier.fault = fault;
}

// What failed once fails again, at once: many may share it.
function abandon(copier: Copier, frames: readonly Frame[]): void {
  for (const { source } of frames) {
    copier.open.delete(source);
    copier.copies.delete(source);
    copier.failed.set(source, copier.fault!);
  }
}

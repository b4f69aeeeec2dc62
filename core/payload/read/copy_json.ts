import { setOwn } from "../../support/set_own.ts";
import type { JsonObject, JsonPrimitive, JsonValue } from "../../types/json.ts";
import { type Place, placeAt, wholePayload } from "./place.ts";
import {
  keysSafely,
  kindOf,
  lengthSafely,
  readSafely,
  unreadable,
} from "./read_safely.ts";

/** What keeps a value from being copied. */
export interface CopyFault {
  /** Where it is. */
  readonly place: Place;
  /** What it is. */
  readonly code: "not-json" | "too-large";
  /** What it is, as the end of a message. */
  readonly reason: string;
}

/** What nests deeper is copied without recursion. */
const quickDepth = 200;

/** What copies of one payload have in common. */
export interface Copier {
  /**
   * The copy of each object, so that what is shared stays shared. While its properties are being
   * copied it is not frozen yet.
   */
  readonly copies: Map<object, Container>;
  /** Why an object can't be copied. */
  readonly failed: Map<object, CopyFault>;
  /** How many levels deep a value may be. What a proxy makes up may have no end. */
  readonly maxDepth: number;
  /** The largest `size`. */
  readonly maxSize: number;
  /**
   * Gives what is copied in place of a value, which may be anything; undefined leaves it out. With it,
   * what is shared is copied at each place.
   */
  readonly amend?: (copier: Copier, value: unknown) => unknown;
  /**
   * How many objects and arrays may still be copied without an account of what is shared. Eight of the
   * values in them count as one more.
   */
  quickParts: number;
  /** Where the value is that is being copied. */
  start: Place;
  /** How many objects and arrays were copied, and what `amend` adds. */
  size: number;
  /** Why the last value could not be copied. */
  fault: CopyFault | null;
}

/** The copy of an object or array. */
type Container = JsonValue[] | { [name: string]: JsonValue };

/** Starts copying a payload. What JSON text can hold is as a rule less deep, and smaller. */
export function startCopier(part: Partial<Copier> = {}): Copier {
  return {
    copies: new Map(),
    failed: new Map(),
    maxDepth: 100_000,
    maxSize: 1_500_000,
    start: wholePayload,
    quickParts: 500_000,
    size: 0,
    fault: null,
    ...part,
  };
}

/**
 * Copies a JSON value, frozen all the way down. Own enumerable properties with names are copied
 * and nothing else is read; a property that is undefined is left out, as in JSON text. Any depth will
 * do, and any number of places that share an object.
 *
 * Returns undefined for what is no JSON value, or has something in it that is none; the copier's
 * `fault` then says what and where. Never throws.
 */
export function copyJson(
  copier: Copier,
  value: unknown,
  place: Place,
): JsonValue | undefined {
  copier.fault = null;
  const { size } = copier;
  try {
    const copy = copier.amend ? undefined : copyQuickly(copier, value, 0);
    if (copy !== undefined) return copy;
  } catch {
    // What throws is found again, with its place.
  }
  copier.size = size;
  copier.start = place;
  const frames: Frame[] = [];
  const copy = enter(copier, value, frames);
  while (copier.fault === null && frames.length > 0) step(copier, frames);
  // What failed once fails again, at once: many may share it.
  for (const { source } of frames) {
    copier.copies.delete(source);
    copier.failed.set(source, copier.fault!);
  }
  return copier.fault === null ? copy : undefined;
}

/**
 * Copies what is as it should be and does not nest too deep, which most of a payload is; undefined for
 * anything else. It keeps no account of what is shared, which takes five times as long: so it copies a
 * bounded number of parts and of their values.
 */
function copyQuickly(
  copier: Copier,
  value: unknown,
  depth: number,
): JsonValue | undefined {
  if (isPrimitive(value)) return value;
  const kind = kindOf(value);
  if (kind === "other" || depth > quickDepth) return undefined;
  const copy = kind === "array"
    ? copyItems(copier, value as readonly unknown[], depth + 1)
    : copyProperties(copier, value as object, depth + 1);
  copier.size++;
  return copy && Object.freeze(copy);
}

function copyItems(
  copier: Copier,
  source: readonly unknown[],
  depth: number,
): JsonValue[] | undefined {
  const copy: JsonValue[] = [];
  const length = lengthSafely(source);
  if (length === null || (copier.quickParts -= 1 + length / 8) < 0) {
    return undefined;
  }
  for (let index = 0; index < length; index++) {
    const item = copyQuickly(copier, source[index], depth);
    if (item === undefined) return undefined;
    copy.push(item);
  }
  return copy;
}

function copyProperties(
  copier: Copier,
  source: object,
  depth: number,
): JsonObject | undefined {
  const copy: { [name: string]: JsonValue } = {};
  const names = Object.keys(source);
  if ((copier.quickParts -= 1 + names.length / 8) < 0) return undefined;
  for (const name of names) {
    const given: unknown = source[name as keyof typeof source];
    if (given === undefined) continue;
    const value = copyQuickly(copier, given, depth);
    if (value === undefined) return undefined;
    setOwn(copy, name, value);
  }
  return copy;
}

/** A container whose properties are being copied. */
interface Frame {
  readonly source: object;
  readonly copy: Container;
  /** Their names; null for an array. */
  readonly names: readonly string[] | null;
  readonly count: number;
  next: number;
}

/** Copies properties of the innermost container up to the next container in it, or to its end. */
function step(copier: Copier, frames: Frame[]): void {
  const depth = frames.length;
  const frame = frames[depth - 1]!;
  const { source, copy, names, count } = frame;
  while (frame.next < count) {
    const key = names === null ? frame.next : names[frame.next]!;
    frame.next++;
    const value = readSafely(source, key);
    if (value === undefined && names !== null) continue;
    const property = isPrimitive(value) && !copier.amend
      ? value
      : enter(copier, value, frames);
    if (copier.fault !== null) return;
    if (property !== undefined) setOwn(copy, key, property);
    else if (names === null) setOwn(copy, key, null);
    if (frames.length > depth) return;
  }
  Object.freeze(copy);
  frames.pop();
  if (copier.amend) copier.copies.delete(source);
}

/** Copies a value, or begins to: a container then waits among the frames to be filled. */
function enter(
  copier: Copier,
  given: unknown,
  frames: Frame[],
): JsonValue | undefined {
  const { amend, copies } = copier;
  const value = amend ? amend(copier, given) : given;
  if (copier.size > copier.maxSize) {
    return refuse(copier, frames, "it is too large", "too-large");
  }
  if (isPrimitive(value)) return value;
  if (amend && value === undefined) return undefined;
  if (typeof value !== "object" || value === null) {
    return refuse(copier, frames, describe(value));
  }
  const failed = copier.failed.get(value);
  if (failed !== undefined) {
    return refuse(copier, frames, failed.reason, failed.code);
  }
  const known = copies.get(value);
  if (known !== undefined) {
    return Object.isFrozen(known)
      ? known
      : refuse(copier, frames, "it is in itself");
  }
  if (frames.length >= copier.maxDepth) {
    return refuse(copier, frames, "it is too deep", "too-large");
  }
  const kind = kindOf(value);
  if (kind === "other") {
    return refuse(copier, frames, "it is neither a plain object nor an array");
  }
  const names = kind === "array" ? null : keysSafely(value);
  const count = kind === "array" ? lengthSafely(value) : names?.length ?? null;
  if (count === null) return refuse(copier, frames, "it can't be read");
  const copy: Container = kind === "array" ? [] : {};
  copier.size++;
  copies.set(value, copy);
  frames.push({ source: value, copy, names, count, next: 0 });
  return copy;
}

function refuse(
  copier: Copier,
  frames: readonly Frame[],
  reason: string,
  code: CopyFault["code"] = "not-json",
): undefined {
  copier.fault = { place: placeOf(copier, frames), code, reason };
}

// Most values are as they should be, so nothing takes note of places before one is not.
function placeOf({ start }: Copier, frames: readonly Frame[]): Place {
  return frames.reduce(
    (place, { names, next }) =>
      placeAt(place, names === null ? next - 1 : names[next - 1]!),
    start,
  );
}

/** Tells whether a value is JSON, and neither an object nor an array. */
export function isPrimitive(value: unknown): value is JsonPrimitive {
  return typeof value === "string" || typeof value === "boolean" ||
    value === null || Number.isFinite(value);
}

function describe(value: unknown): string {
  if (value === unreadable) return "reading it throws";
  return typeof value === "number" || value === undefined
    ? `the current value is ${value}`
    : `the current value is a ${typeof value}`;
}

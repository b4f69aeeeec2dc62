import { setOwn } from "../../support/set_own.ts";
import type { JsonValue } from "../../types/json.ts";
import type { Container, Copier, CopyFault } from "./copier.ts";
import { copyQuickly } from "./copy_quickly.ts";
import { isPrimitive } from "./is_primitive.ts";
import { type Place, placeAt } from "./place.ts";
import {
  keysSafely,
  kindOf,
  lengthSafely,
  readSafely,
  unreadable,
} from "./read_safely.ts";

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
    const copy = copier.amend ? undefined : copyQuickly(copier, value);
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

function describe(value: unknown): string {
  if (value === unreadable) return "reading it throws";
  return typeof value === "number" || value === undefined
    ? `the current value is ${value}`
    : `the current value is a ${typeof value}`;
}

import type { JsonPrimitive, JsonValue } from "../../types/json.ts";
import {
  type Container,
  type Copier,
  maxContainers,
  maxDepth,
  notJson,
  refuse,
  tooLarge,
} from "./copier.ts";
import { type Place, placeAt } from "./place.ts";
import {
  keysSafely,
  kindOf,
  lengthSafely,
  readSafely,
  unreadable,
} from "./read_safely.ts";
import { setOwn } from "../../support/set_own.ts";

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
  if (failed !== undefined) return refuse(copier, { ...failed, place });
  const known = copier.copies.get(value);
  if (known !== undefined) {
    return Object.isFrozen(known)
      ? known
      : notJson(copier, place, "it is in itself");
  }
  copier.containers++;
  if (copier.containers > maxContainers) {
    return tooLarge(copier, place, "large");
  }
  if (frames.length >= maxDepth) return tooLarge(copier, place, "deep");
  const frame = open(copier, value, place);
  if (frame === null) return undefined;
  copier.copies.set(value, frame.copy);
  frames.push(frame);
  return frame.copy;
}

function open(copier: Copier, source: object, place: Place): Frame | null {
  const kind = kindOf(source);
  if (kind === "other") {
    notJson(copier, place, "it is neither a plain object nor an array");
    return null;
  }
  const isList = kind === "array";
  const names = isList ? null : keysSafely(source);
  const count = isList ? lengthSafely(source) : names?.length ?? null;
  if (count === null) {
    notJson(copier, place, "it can't be read");
    return null;
  }
  return { source, copy: isList ? [] : {}, place, names, count, next: 0 };
}

function copyPrimitive(
  copier: Copier,
  value: unknown,
  place: Place,
  key: string | number | null,
): JsonValue | undefined {
  if (isPrimitive(value)) return value;
  const there = key === null ? place : placeAt(place, key);
  return notJson(copier, there, describe(value));
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

// What failed once fails again, at once: many may share it.
function abandon(copier: Copier, frames: readonly Frame[]): void {
  for (const { source } of frames) {
    copier.copies.delete(source);
    copier.failed.set(source, copier.fault!);
  }
}

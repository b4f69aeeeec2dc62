import { setOwn } from "../../support/set_own.ts";
import type { JsonValue } from "../../types/json.ts";
import { isPrimitive } from "./is_primitive.ts";
import { type Place, placeAt } from "./place.ts";
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

/** The copy of an object or array. */
export type Container = JsonValue[] | { [name: string]: JsonValue };

/**
 * What bounds copies, and changes what is copied. What JSON text can hold is as a rule less deep than the
 * defaults, and smaller.
 */
export interface CopierLimits {
  /** How many levels deep a value may be. What a proxy makes up may have no end. */
  readonly maxDepth?: number;
  /** How many objects and arrays may be copied, with what `weigh` adds. */
  readonly maxSize?: number;
  /**
   * Gives what is copied in place of a value, which may be anything; undefined leaves it out. With it,
   * what is shared is copied at each place.
   */
  readonly amend?: (value: unknown) => unknown;
  /** Gives what a value adds to the size. */
  readonly weigh?: (value: unknown) => number;
}

/** How copying goes. */
export interface CopierState {
  /** How many objects and arrays were copied, and what is added for values besides. */
  size: number;
  /** Why the last value could not be copied. */
  fault: CopyFault | null;
}

/** How many objects and arrays a payload may have. What JSON text can hold is as a rule less. */
export const maxParts = 1_500_000;

/** An object or array whose parts are being copied. */
type Opened = readonly [source: object, filling: Generator<void, void>];

/**
 * Makes what copies values of any depth, in which any number of places share an object, and which may be
 * anything: it says what is wrong with them, and where.
 */
export function createCarefulCopy(
  {
    maxDepth = 100_000,
    maxSize = maxParts,
    amend,
    weigh = () => 0,
  }: CopierLimits,
  state: CopierState,
): (value: unknown, place: Place) => JsonValue | undefined {
  // What is shared stays shared, and what failed once fails again, at once: many may share it.
  const copies = new Map<object, Container>();
  const failed = new Map<object, CopyFault>();
  // What is around the value that is being copied, and the names of it.
  let opened: Opened[] = [];
  let keys: (string | number)[] = [];
  let start: Place;

  const refuse = (
    reason: string,
    code: CopyFault["code"] = "not-json",
  ): undefined => {
    const place = keys.reduce(placeAt, start);
    state.fault = { place, code, reason };
  };
  /** Copies a value, or begins to: of an object or array the parts come next. */
  const enter = (given: unknown): JsonValue | undefined => {
    const value = amend ? amend(given) : given;
    state.size += weigh(given);
    if (state.size > maxSize) return refuse("it is too large", "too-large");
    if (isPrimitive(value)) return value;
    if (amend && value === undefined) return undefined;
    if (typeof value !== "object" || value === null) {
      return refuse(describe(value));
    }
    const before = failed.get(value);
    if (before !== undefined) return refuse(before.reason, before.code);
    const known = copies.get(value);
    if (known !== undefined) {
      return Object.isFrozen(known) ? known : refuse("it is in itself");
    }
    if (opened.length >= maxDepth) {
      return refuse("it is too deep", "too-large");
    }
    const kind = kindOf(value);
    if (kind === "other") {
      return refuse("it is neither a plain object nor an array");
    }
    const names = kind === "array" ? null : keysSafely(value);
    const count = kind === "array"
      ? lengthSafely(value)
      : names?.length ?? null;
    if (count === null) return refuse("it can't be read");
    const copy: Container = names === null ? [] : {};
    state.size++;
    copies.set(value, copy);
    opened.push([value, fill(value, copy, names, count)]);
    return copy;
  };
  /** Copies the parts of an object or array; stops where the parts of another one in it come first. */
  function* fill(
    source: object,
    copy: Container,
    names: readonly string[] | null,
    count: number,
  ): Generator<void, void> {
    const depth = opened.length;
    for (let index = 0; index < count; index++) {
      const key = names === null ? index : names[index]!;
      keys[depth - 1] = key;
      const value = readSafely(source, key);
      if (value === undefined && names !== null) continue;
      const part = enter(value);
      if (part !== undefined) setOwn(copy, key, part);
      else if (names === null) setOwn(copy, key, null);
      if (state.fault !== null || opened.length > depth) yield;
    }
    Object.freeze(copy);
    opened.pop();
    keys.length = depth - 1;
    if (amend) copies.delete(source);
  }
  return (value, place) => {
    start = place;
    opened = [];
    keys = [];
    const copy = enter(value);
    while (state.fault === null && opened.length > 0) {
      opened.at(-1)![1].next();
    }
    if (state.fault === null) return copy;
    for (const [source] of opened) {
      copies.delete(source);
      failed.set(source, state.fault);
    }
  };
}

function describe(value: unknown): string {
  if (value === unreadable) return "reading it throws";
  return typeof value === "number" || value === undefined
    ? `the current value is ${value}`
    : `the current value is a ${typeof value}`;
}

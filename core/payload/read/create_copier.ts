import { attempt } from "../../support/attempt.ts";
import { setOwn } from "../../support/set_own.ts";
import type { JsonValue } from "../../types/json.ts";
import { isPrimitive } from "./is_primitive.ts";
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

/** What copies the values of one payload. */
export interface Copier {
  /**
   * Copies a JSON value, frozen all the way down. Own enumerable properties with names are copied
   * and nothing else is read; a property that is undefined is left out, as in JSON text. Any depth will
   * do, and any number of places that share an object.
   *
   * Gives undefined for what is no JSON value, or has something in it that is none; `fault` then says
   * what and where. Never throws.
   *
   * `isOwned` says that no other code holds the value, which came from `JSON.parse`: what is as it should
   * be is frozen in place of being copied.
   */
  readonly copy: (
    value: unknown,
    place?: Place,
    isOwned?: boolean,
  ) => JsonValue | undefined;
  /** Tells why the last value could not be copied. */
  readonly fault: () => CopyFault | null;
  /** Tells whether there was too much to copy. */
  readonly isFull: () => boolean;
}

/** How values are copied. */
export interface CopierOptions {
  /** How many levels deep a value may be. What a proxy makes up may have no end. */
  readonly maxDepth?: number;
  /** How many objects and arrays may be copied, with what `weigh` adds. */
  readonly maxSize?: number;
  /**
   * How many objects and arrays may be copied without an account of what is shared. Eight of the values in
   * them count as one more.
   */
  readonly quickParts?: number;
  /**
   * Gives what is copied in place of a value, which may be anything; undefined leaves it out. With it,
   * what is shared is copied at each place.
   */
  readonly amend?: (value: unknown) => unknown;
  /** Gives what a value adds to the size. */
  readonly weigh?: (value: unknown) => number;
}

/** The copy of an object or array. */
export type Container = JsonValue[] | { [name: string]: JsonValue };

/** What nests deeper is copied without recursion. */
const quickDepth = 200;

/** Makes what copies values. What JSON text can hold is as a rule less deep than the defaults, and smaller. */
export function createCopier({
  maxDepth = 100_000,
  maxSize = 1_500_000,
  quickParts = 500_000,
  amend,
  weigh = () => 0,
}: CopierOptions = {}): Copier {
  // What is shared stays shared, and what failed once fails again, at once: many may share it.
  const copies = new Map<object, Container>();
  const failed = new Map<object, CopyFault>();
  let size = 0;
  let fault: CopyFault | null = null;
  // The objects and arrays around what is being copied, what copies their parts, and the names of those.
  let sources: object[] = [];
  let fillings: Generator<void, void>[] = [];
  let keys: (string | number)[] = [];

  /**
   * Copies what is as it should be, which most of a payload is; undefined for anything else. It keeps no
   * account of what is shared, which takes five times as long: so it copies a bounded number of parts.
   */
  const copyQuickly = (
    value: unknown,
    isOwned: boolean,
    depth: number,
  ): JsonValue | undefined => {
    if (isPrimitive(value)) return value;
    const kind = kindOf(value);
    if (kind === "other" || depth > quickDepth) return undefined;
    const source = value as { [key: string | number]: JsonValue };
    const names = kind === "array" ? null : Object.keys(source);
    const count = names === null ? lengthSafely(source) : names.length;
    if (count === null) return undefined;
    if (!isOwned && (quickParts -= 1 + count / 8) < 0) return undefined;
    const copy: Container = isOwned ? source : names === null ? [] : {};
    for (let index = 0; index < count; index++) {
      const key = names === null ? index : names[index]!;
      const given: unknown = source[key];
      if (given === undefined && names !== null) continue;
      const part = copyQuickly(given, isOwned, depth + 1);
      if (part === undefined) return undefined;
      if (!isOwned) setOwn(copy, key, part);
    }
    if (!isOwned) size++;
    return Object.freeze(copy);
  };
  const refuse = (
    reason: string,
    code: CopyFault["code"] = "not-json",
  ): undefined => {
    fault = { place: wholePayload, code, reason };
  };
  /** Copies a value, or begins to: a container is then open, and waits to be filled. */
  const enter = (given: unknown): JsonValue | undefined => {
    const value = amend ? amend(given) : given;
    size += weigh(given);
    if (size > maxSize) return refuse("it is too large", "too-large");
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
    if (sources.length >= maxDepth) {
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
    size++;
    copies.set(value, copy);
    sources.push(value);
    fillings.push(fill(value, copy, names, count));
    return copy;
  };
  /** Copies the parts of an object or array; stops where the parts of another one in it come first. */
  function* fill(
    source: object,
    copy: Container,
    names: readonly string[] | null,
    count: number,
  ): Generator<void, void> {
    const depth = sources.length;
    for (let index = 0; index < count; index++) {
      const key = names === null ? index : names[index]!;
      keys[depth - 1] = key;
      const value = readSafely(source, key);
      if (value === undefined && names !== null) continue;
      const part = enter(value);
      if (part !== undefined) setOwn(copy, key, part);
      else if (names === null) setOwn(copy, key, null);
      if (fault !== null || sources.length > depth) yield;
    }
    Object.freeze(copy);
    for (const list of [sources, fillings, keys]) list.length = depth - 1;
    if (amend) copies.delete(source);
  }
  return {
    copy: (value, place = wholePayload, isOwned = false) => {
      fault = null;
      const before = size;
      // What throws is found again, with its place.
      const quick = amend ? undefined : attempt(
        () => copyQuickly(value, isOwned, 0),
        undefined,
      );
      if (quick !== undefined) return quick;
      size = before;
      sources = [];
      fillings = [];
      keys = [];
      const copy = enter(value);
      while (fault === null && sources.length > 0) fillings.at(-1)!.next();
      if (fault === null) return copy;
      const found: CopyFault = fault;
      fault = { ...found, place: keys.reduce(placeAt, place) };
      for (const source of sources) {
        copies.delete(source);
        failed.set(source, found);
      }
    },
    fault: () => fault,
    isFull: () => size > maxSize,
  };
}

function describe(value: unknown): string {
  if (value === unreadable) return "reading it throws";
  return typeof value === "number" || value === undefined
    ? `the current value is ${value}`
    : `the current value is a ${typeof value}`;
}

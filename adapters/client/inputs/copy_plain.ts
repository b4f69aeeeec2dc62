import {
  keysSafely,
  kindOf,
  lengthSafely,
  readSafely,
  unreadable,
} from "../../../core/payload/read/read_safely.ts";
import { setOwn } from "../../../core/support/set_own.ts";
import type { JsonValue } from "../../../core/types/json.ts";

/** A copy of a value as JSON. */
export interface PlainCopy {
  /** The copy; undefined where nothing of the value can be written. */
  readonly value: JsonValue | undefined;
  /** What is not JSON in the value, for people; null where all of it is. */
  readonly fault: string | null;
}

/** How deep a copied value may nest. */
const maxDepth = 1000;

/** How many values and characters a copy may be made of; what is shared counts each time. */
const maxSize = 1_000_000;

interface Copying {
  size: number;
  fault: string | null;
}

/**
 * Copies a value as JSON, as `JSON.stringify` would write it: a date becomes its text, `NaN` becomes
 * null, a function is left out. A big integer becomes its text. A value that nests deeper than 1,000
 * levels, contains itself, has over a million parts and characters or cannot be read gives undefined.
 * The copy is frozen, and no longer connected to the value. Never throws.
 *
 * @example
 * ```ts
 * import { copyPlain } from "./copy_plain.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(copyPlain({ plan: "pro" }), { value: { plan: "pro" }, fault: null });
 * assertEquals(copyPlain(5n), { value: "5", fault: "it is a bigint" });
 * ```
 */
export function copyPlain(value: unknown): PlainCopy {
  const copying: Copying = { size: 0, fault: null };
  try {
    const copy = copyValue(copying, value, 0);
    return { value: copy, fault: copying.fault };
  } catch (error) {
    return {
      value: undefined,
      fault: error === tooLarge ? tooLarge.reason : "it cannot be read",
    };
  }
}

/** Is thrown where a copy would take too much. */
const tooLarge = {
  reason: "it contains itself, nests too deep or is too large",
} as const;

function copyValue(
  copying: Copying,
  value: unknown,
  depth: number,
): JsonValue | undefined {
  switch (typeof value) {
    case "string":
      count(copying, value.length);
      return value;
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : note(copying, `it is ${value}`);
    case "undefined":
      return undefined;
    case "object":
      return value === null ? null : copyObject(copying, value, depth);
    case "bigint":
      note(copying, "it is a bigint");
      return String(value);
    default:
      note(
        copying,
        value === unreadable
          ? "reading it throws"
          : `it is of type ${typeof value}`,
      );
      return undefined;
  }
}

function copyObject(
  copying: Copying,
  source: object,
  depth: number,
): JsonValue | undefined {
  if (depth > maxDepth) throw tooLarge;
  const kind = kindOf(source);
  if (kind === "array") return copyList(copying, source, depth);
  const toJson = kind === "other" ? readSafely(source, "toJSON") : undefined;
  if (typeof toJson === "function") {
    note(copying, "it is no plain object");
    return copyValue(copying, toJson.call(source), depth + 1);
  }
  const names = keysSafely(source);
  if (names === null) {
    note(copying, "it cannot be read");
    return undefined;
  }
  if (kind === "other" && names.length === 0) {
    note(copying, "it is no plain object");
  }
  const copy: { [name: string]: JsonValue } = {};
  count(copying, names.length);
  for (const name of names) {
    count(copying, name.length);
    const part = copyValue(copying, readSafely(source, name), depth + 1);
    if (part !== undefined) setOwn(copy, name, part);
  }
  return Object.freeze(copy);
}

function copyList(
  copying: Copying,
  source: object,
  depth: number,
): JsonValue | undefined {
  const length = lengthSafely(source);
  if (length === null) throw tooLarge;
  count(copying, length);
  return Object.freeze(
    Array.from(
      { length },
      (_, index) =>
        copyValue(copying, readSafely(source, index), depth + 1) ?? null,
    ),
  );
}

function count(copying: Copying, size: number): void {
  copying.size += size;
  if (copying.size > maxSize) throw tooLarge;
}

function note(copying: Copying, fault: string): null {
  copying.fault ??= fault;
  return null;
}

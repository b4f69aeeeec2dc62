import {
  type CopierState,
  createCarefulCopy,
} from "../../../core/payload/read/create_careful_copy.ts";
import { isPrimitive } from "../../../core/payload/read/is_primitive.ts";
import { wholePayload } from "../../../core/payload/read/place.ts";
import {
  keysSafely,
  kindOf,
  readSafely,
  unreadable,
} from "../../../core/payload/read/read_safely.ts";
import type { JsonValue } from "../../../core/types/json.ts";

/** A copy of a value as JSON. */
export interface PlainCopy {
  /** The copy; undefined where nothing of the value can be written. */
  readonly value: JsonValue | undefined;
  /** What is not JSON in the value, for people; null where all of it is. */
  readonly fault: string | null;
}

/**
 * Copies a value as JSON, as `JSON.stringify` would write it: a date becomes its text, `NaN` becomes
 * null, a function is left out. A big integer becomes its text. A value that nests deeper than 1,000
 * levels, contains itself, has over a million parts and characters or cannot be read gives undefined;
 * what several places share counts at each. The copy is frozen, and no longer connected to the value.
 * Never throws.
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
export function copyPlain(source: unknown): PlainCopy {
  let noted: string | null = null;
  const note = (fault: string) => {
    noted ??= fault;
  };
  const state: CopierState = { size: 0, fault: null };
  const copy = createCarefulCopy({
    maxDepth: 1000,
    maxSize: 1_000_000,
    amend: (value) => isPlain(value) ? value : write(value, note),
    weigh: sizeOf,
  }, state);
  const value = copy(source, wholePayload);
  return { value, fault: state.fault?.reason ?? noted };
}

function isPlain(value: unknown): boolean {
  return isPrimitive(value) || kindOf(value) !== "other";
}

/** The size of a value, without that of its parts: about the characters that it takes. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  return kindOf(value) === "record"
    ? keysSafely(value as object)?.join("").length ?? 0
    : 1;
}

/** Gives what is written of a value that is not JSON; undefined leaves it out. */
function write(value: unknown, note: (fault: string) => void): unknown {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "bigint":
      note("it is a bigint");
      return String(value);
    case "number":
      note(`it is ${value}`);
      return null;
    case "object":
      return writeObject(value as object, note);
    default:
      note(
        value === unreadable
          ? "reading it throws"
          : `it is of type ${typeof value}`,
      );
      return undefined;
  }
}

// An object of a class is as good as a plain one, if it has properties of its own.
function writeObject(
  value: object,
  note: (fault: string) => void,
): unknown {
  try {
    const toJson = readSafely(value, "toJSON");
    const isWritten = typeof toJson === "function";
    const written = isWritten ? toJson.call(value) : value;
    if (isWritten || Object.keys(written).length === 0) {
      note("it is no plain object");
    }
    return isPlain(written) ? written : { ...written };
  } catch {
    note("it cannot be read");
    return undefined;
  }
}

import { isPrimitive } from "../../../core/payload/read/is_primitive.ts";
import {
  keysSafely,
  kindOf,
  readSafely,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import { setOwn } from "../../../core/support/set_own.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import { copyPlain, type PlainCopy } from "./copy_plain.ts";

/** Is called with a mistake of the application, as a sentence. */
export type TellMisuse = (message: string) => void;

/** Properties by name. */
export type PlainRecord = { readonly [name: string]: JsonValue };

/**
 * Copies properties that an application gives, such as a user's attributes, with suspicion: each is
 * read once, and copied as `copyPlain` does. What cannot be used is left out, and `tell` is told its
 * name, never its value. Gives null for what has no properties, such as a text or a `Map`, and tells
 * of it. `copy` is what copies a property, where `copyPlain` does not. Never throws.
 *
 * @example
 * ```ts
 * import { readRecord } from "./read_record.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const told: string[] = [];
 * const tell = (message: string) => told.push(message);
 * assertEquals(readRecord({ id: "7", size: 5n }, "attributes", tell), { id: "7", size: "5" });
 * assertEquals(told, ["Cannot use attributes.size as it is: it is a bigint"]);
 * ```
 */
export function readRecord(
  source: unknown,
  what: string,
  tell: TellMisuse,
  copy: (value: unknown) => PlainCopy = copyPlain,
): PlainRecord | null {
  const names = namesOf(source);
  if (names === null) {
    tell(
      `Cannot use ${what}: a plain object is needed, and the current value is ${
        describeKind(source)
      }`,
    );
    return null;
  }
  const record: { [name: string]: JsonValue } = {};
  for (const name of names) {
    const value = readSafely(source as object, name);
    // Most values need no copy. An undefined attribute takes the place of one that was there.
    if (value === undefined || isPrimitive(value)) {
      setOwn(record, name, value as JsonValue);
    } else {
      const { value: plain, fault } = copy(value);
      if (plain !== undefined) setOwn(record, name, plain);
      if (fault !== null) {
        const kind = plain === undefined ? "" : " as it is";
        tell(`Cannot use ${what}.${name}${kind}: ${fault}`);
      }
    }
  }
  return record;
}

/** Tells what a value is, without telling the value. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (!isObject(value)) return `of type ${typeof value}`;
  switch (kindOf(value)) {
    case "array":
      return "an array";
    case "record":
      return "an object";
    default:
      return `${nameOf(value)}`;
  }
}

// An object of a class is as good as a plain one, if it has properties of its own.
function namesOf(source: unknown): readonly string[] | null {
  if (!isObject(source)) return null;
  const kind = kindOf(source);
  if (kind === "array") return null;
  const names = keysSafely(source);
  return kind === "other" && names?.length === 0 ? null : names;
}

function nameOf(value: object): string {
  const maker = readSafely(value, "constructor");
  const name = typeof maker === "function" ? readSafely(maker, "name") : null;
  return typeof name === "string" && name !== "" && name.length < 50
    ? `a ${name}`
    : "an object that cannot be read";
}

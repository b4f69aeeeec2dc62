import { setOwn } from "../../../core/support/set_own.ts";
import type { Attributes } from "../../../core/types/attributes.ts";
import type { JsonValue } from "../../../core/types/json.ts";
import {
  keysSafely,
  readSafely,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import { copyPlain } from "../../client/inputs/copy_plain.ts";

/** An evaluation context, read. */
export interface ReadContext {
  /** The user's attributes. */
  readonly attributes: Attributes;
  /** What identifies the user; null where nothing does. */
  readonly contextId: string | null;
  /** The names of properties that are left out, because nothing of them can be used; ten at most. */
  readonly dropped: readonly string[];
}

/**
 * Reads an evaluation context of OpenFeature as the attributes of a user. `targetingKey` becomes the
 * attribute `identifier`, unless the context has one of that name itself; under its own name it is
 * none. Dates become ISO 8601 texts, at any depth. Only own properties count; what throws, contains
 * itself or is too large is left out. What is no object gives no attributes. Never throws.
 *
 * @example
 * ```ts
 * import { readAttributes } from "./read_attributes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const since = new Date("2026-01-01");
 * const { attributes } = readAttributes({ targetingKey: "7", plan: { since } }, "id");
 * assertEquals(attributes, { id: "7", plan: { since: "2026-01-01T00:00:00.000Z" } });
 * ```
 */
export function readAttributes(
  context: unknown,
  identifier: string,
): ReadContext {
  const attributes: { [name: string]: JsonValue } = {};
  const dropped: string[] = [];
  let targetingKey: string | null = null;
  for (const name of isObject(context) ? keysSafely(context) ?? [] : []) {
    const { value } = copyPlain(readSafely(context as object, name));
    if (value === undefined) {
      if (dropped.length < 10) dropped.push(name);
    } else if (name === "targetingKey") targetingKey = readKey(value);
    else setOwn(attributes, name, value);
  }
  if (targetingKey !== null && !hasIdentifier(attributes, identifier)) {
    setOwn(attributes, identifier, targetingKey);
  }
  const given = Object.hasOwn(attributes, identifier)
    ? readKey(attributes[identifier]!)
    : null;
  return { attributes, contextId: targetingKey ?? given, dropped };
}

function readKey(value: JsonValue): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

// An empty identifier, and 0 or false, identifies no user, as for the gates of an experiment.
function hasIdentifier(attributes: object, identifier: string): boolean {
  return Object.hasOwn(attributes, identifier) &&
    Boolean((attributes as Attributes)[identifier]);
}

import {
  keysSafely,
  readSafely,
} from "../../../core/payload/read/read_safely.ts";
import { isObject } from "../../../core/support/read_own.ts";
import { setOwn } from "../../../core/support/set_own.ts";
import type { JsonObject, JsonValue } from "../../../core/types/json.ts";
import { copyPlain } from "../../client/inputs/copy_plain.ts";

/**
 * Reads the details of a tracking event of OpenFeature as the properties of an event: dates become ISO
 * 8601 texts, and what can't be read as JSON is left out. Never throws.
 *
 * @example
 * ```ts
 * import { readDetails } from "./read_details.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const at = new Date("2026-01-01");
 * assertEquals(readDetails({ value: 9.5, at }), { value: 9.5, at: "2026-01-01T00:00:00.000Z" });
 * ```
 */
export function readDetails(details: unknown): JsonObject {
  const properties: { [name: string]: JsonValue } = {};
  for (const name of isObject(details) ? keysSafely(details) ?? [] : []) {
    const { value } = copyPlain(readSafely(details as object, name));
    if (value !== undefined) setOwn(properties, name, value);
  }
  return properties;
}

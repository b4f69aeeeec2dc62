import { createCopier } from "../../payload/read/create_copier.ts";
import type { JsonValue } from "../../types/json.ts";

/** Gives a frozen copy of a value as JSON; undefined where it is none, or has such in it. */
export function jsonOrNothing(value: unknown): JsonValue | undefined {
  return typeof value === "string" ? value : createCopier().copy(value);
}

/**
 * Gives the value of a hash attribute as an event keeps it: as JSON, a big integer as the text that
 * is hashed. What can't be written down is null.
 */
export function hashValueAsJson(value: unknown): JsonValue {
  return typeof value === "bigint"
    ? String(value)
    : jsonOrNothing(value) ?? null;
}

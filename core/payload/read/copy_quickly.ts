import { setOwn } from "../../support/set_own.ts";
import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { Copier } from "./copier.ts";
import { isPrimitive } from "./is_primitive.ts";
import { kindOf, lengthSafely } from "./read_safely.ts";

/** What nests deeper is copied without recursion. */
const quickDepth = 200;

/**
 * Copies what is as it should be and does not nest too deep, which most of a payload is; undefined for
 * anything else. It keeps no account of what is shared, which takes five times as long: so it copies a
 * bounded number of parts and of their values.
 */
export function copyQuickly(
  copier: Copier,
  value: unknown,
  depth = 0,
): JsonValue | undefined {
  if (isPrimitive(value)) return value;
  const kind = kindOf(value);
  if (kind === "other" || depth > quickDepth) return undefined;
  const copy = kind === "array"
    ? copyItems(copier, value as readonly unknown[], depth + 1)
    : copyProperties(copier, value as object, depth + 1);
  copier.size++;
  return copy && Object.freeze(copy);
}

function copyItems(
  copier: Copier,
  source: readonly unknown[],
  depth: number,
): JsonValue[] | undefined {
  const copy: JsonValue[] = [];
  const length = lengthSafely(source);
  if (length === null || (copier.quickParts -= 1 + length / 8) < 0) {
    return undefined;
  }
  for (let index = 0; index < length; index++) {
    const item = copyQuickly(copier, source[index], depth);
    if (item === undefined) return undefined;
    copy.push(item);
  }
  return copy;
}

function copyProperties(
  copier: Copier,
  source: object,
  depth: number,
): JsonObject | undefined {
  const copy: { [name: string]: JsonValue } = {};
  const names = Object.keys(source);
  if ((copier.quickParts -= 1 + names.length / 8) < 0) return undefined;
  for (const name of names) {
    const given: unknown = source[name as keyof typeof source];
    if (given === undefined) continue;
    const value = copyQuickly(copier, given, depth);
    if (value === undefined) return undefined;
    setOwn(copy, name, value);
  }
  return copy;
}

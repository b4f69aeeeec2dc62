import { fnvOffset, foldText } from "../../../core/hash/fnv1a.ts";
import type { JsonValue } from "../../../core/types/json.ts";

/**
 * Sums up a JSON value in 32 bits, to notice one that was damaged: of two that differ by accident, one
 * pair in four thousand millions has the same. It is no protection against deliberate changes.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(jsonChecksum({ a: [1, "2"] }), jsonChecksum({ a: [1, "2"] }));
 * assertNotEquals(jsonChecksum({ a: [1, "2"] }), jsonChecksum({ a: ["1", 2] }));
 * ```
 */
export function jsonChecksum(value: JsonValue): number {
  return foldValue(fnvOffset, value);
}

function foldValue(hash: number, value: JsonValue): number {
  if (typeof value === "string") {
    return foldText(foldText(hash, `"${value.length}:`), value);
  }
  if (typeof value !== "object" || value === null) {
    return foldText(hash, `${value},`);
  }
  if (Array.isArray(value)) {
    let folded = foldText(hash, `[${value.length}:`);
    for (const item of value) folded = foldValue(folded, item);
    return folded;
  }
  let folded = foldText(hash, "{");
  for (const [name, field] of Object.entries(value)) {
    folded = foldValue(foldValue(folded, name), field);
  }
  return foldText(folded, "}");
}

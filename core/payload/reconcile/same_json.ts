import type { JsonValue } from "../../types/json.ts";
import { isArray, isRecord } from "../../support/is_record.ts";

/** What nests deeper counts as different, so that recursion has an end. */
const deepest = 200;

/**
 * Tells whether two JSON values have the same JSON text: deeply equal, with keys in the same order,
 * which a condition can see. Values that nest deeper than 200 levels count as different, unless they are
 * the same object.
 */
export function sameJson(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
  depth: number = 0,
): boolean {
  if (left === right) return true;
  if (depth > deepest) return false;
  if (isArray(left) && isArray(right)) {
    return left.length === right.length &&
      left.every((value, index) => sameJson(value, right[index], depth + 1));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  const others = Object.keys(right);
  return names.length === others.length &&
    names.every((name, index) =>
      name === others[index] && sameJson(left[name], right[name], depth + 1)
    );
}

import { maxConditionDepth } from "../../condition/condition_faults.ts";
import { isOperatorObject } from "../../condition/is_operator_object.ts";
import type { JsonValue } from "../../types/json.ts";
import { isArray, isRecord } from "../../support/is_record.ts";

/**
 * Counts the conditions and expectations that a condition comes to, those that stand in several places of
 * it in each. What was counted is looked up in `known`, so that no sharing takes long.
 */
export function countParts(
  known: Map<object, number>,
  value: JsonValue,
  depth = 0,
): number {
  if (depth > 2 * maxConditionDepth) return 0;
  if (!isArray(value) && !isRecord(value)) return 0;
  let count = known.get(value);
  if (count !== undefined) return count;
  count = isArray(value) ? 0 : 1;
  for (const [key, each] of Object.entries(value)) {
    const isPlain = !isArray(value) && !key.startsWith("$") &&
      !isOperatorObject(each);
    count += isPlain ? 1 : countParts(known, each, depth + 1);
  }
  known.set(value, count);
  return count;
}

import type { JsonValue } from "../../types/json.ts";
import { type Inspection, spend } from "../inspection.ts";
import { isArray, isRecord } from "../../support/is_record.ts";

/**
 * Tells whether two JSON values are deeply equal, whatever the order of keys. Works without
 * recursion, so any depth will do. What the allowance doesn't suffice for counts as equal.
 */
export function equalJson(
  inspection: Inspection,
  left: JsonValue,
  right: JsonValue,
): boolean {
  const pairs: [JsonValue, JsonValue][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (isArray(one) && isArray(other)) {
      if (one.length !== other.length) return false;
      if (!spend(inspection, one.length)) return true;
      one.forEach((value, index) => pairs.push([value, other[index]!]));
    } else if (isRecord(one) && isRecord(other)) {
      const names = Object.keys(one);
      if (names.length !== Object.keys(other).length) return false;
      if (!spend(inspection, names.length)) return true;
      for (const name of names) {
        if (!Object.hasOwn(other, name)) return false;
        pairs.push([one[name]!, other[name]!]);
      }
    } else return false;
  }
  return true;
}

import type { JsonValue } from "../../types/json.ts";
import { isArray, isRecord } from "../../support/is_record.ts";

/**
 * Tells whether two JSON values have the same JSON text: deeply equal, with keys in the same order,
 * which a condition can see. Works without recursion, so any depth will do.
 */
export function sameJson(left: unknown, right: unknown): boolean {
  const pairs = [[left as JsonValue, right as JsonValue] as const];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (isArray(one) && isArray(other)) {
      if (one.length !== other.length) return false;
      one.forEach((value, index) => pairs.push([value, other[index]!]));
    } else if (isRecord(one) && isRecord(other)) {
      const names = Object.keys(one);
      const others = Object.keys(other);
      if (names.length !== others.length) return false;
      for (let index = 0; index < names.length; index++) {
        const name = names[index]!;
        if (name !== others[index]) return false;
        pairs.push([one[name]!, other[name]!]);
      }
    } else return false;
  }
  return true;
}

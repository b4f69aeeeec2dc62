import type { JsonValue } from "../../types/json.ts";
import { isArray, isRecord } from "../../support/is_record.ts";

/** What nests deeper is compared without recursion. */
const deepest = 200;

/**
 * Tells whether two JSON values have the same JSON text: deeply equal, with keys in the same order,
 * which a condition can see. Any depth will do.
 */
export function sameJson(
  left: unknown,
  right: unknown,
  depth: number = 0,
): boolean {
  return sameValue(left as JsonValue, right as JsonValue, depth);
}

function sameValue(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
  depth: number,
): boolean {
  if (left === right) return true;
  if (depth > deepest) return sameDeepJson(left, right);
  if (isArray(left) && isArray(right)) {
    if (left.length !== right.length) return false;
    for (let index = 0; index < left.length; index++) {
      if (!sameValue(left[index], right[index], depth + 1)) return false;
    }
    return true;
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const names = Object.keys(left);
  const others = Object.keys(right);
  if (names.length !== others.length) return false;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (name !== others[index]) return false;
    if (!sameValue(left[name], right[name], depth + 1)) return false;
  }
  return true;
}

function sameDeepJson(left: unknown, right: unknown): boolean {
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

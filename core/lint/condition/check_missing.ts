import { compileCondition } from "../../condition/compile_condition.ts";
import { startScope } from "../../condition/condition_scope.ts";
import { passAll } from "../../condition/pass_all.ts";
import { isOperatorObject } from "../../condition/is_operator_object.ts";
import { compilePattern } from "../../pattern/compile_pattern.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../types/json.ts";
import { type Inspection, tell } from "../inspection.ts";
import { isArray } from "../../support/is_record.ts";
import type { Place } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/**
 * Reports what a person would not expect of a user without the attribute: that the comparison
 * holds, because a missing attribute counts as 0, as the text `null` or as version 0. Of `$ne`,
 * `$nin`, `$notInGroup` and `$not` everybody expects it.
 */
export function checkMissing(
  inspection: Inspection,
  expected: JsonValue,
  place: Place,
): void {
  const isSurprise = isOperatorObject(expected)
    ? surprises(expected as JsonObject)
    : expected === 0 || expected === "null";
  if (!isSurprise) return;
  tell(
    inspection,
    place,
    "matches-missing",
    `Cannot tell users without the attribute apart, since the comparison holds for them, unless $exists is added: the current value is ${
      describe(expected)
    }`,
  );
}

function surprises(operators: JsonObject): boolean {
  const names = Object.keys(operators);
  return names.some((name) => surprising.has(name)) &&
    names.every((name) => holdsForMissing(name, operators[name]!, 0));
}

const surprising: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "$lt",
  "$lte",
  "$gt",
  "$gte",
  "$regex",
  "$regexi",
  "$veq",
  "$vlt",
  "$vlte",
  "$vgt",
  "$vgte",
]);

/** Deeper negations are not looked into, nor longer lists. */
const deepest = 8;
const longest = 1000;

function holdsForMissing(
  operator: string,
  operand: JsonValue,
  depth: number,
): boolean {
  switch (operator) {
    case "$lt":
    case "$lte":
    case "$gt":
    case "$gte":
      return typeof operand !== "object" &&
        passesMissing(operator, operand);
    case "$veq":
    case "$vne":
    case "$vlt":
    case "$vlte":
    case "$vgt":
    case "$vgte":
      return passesMissing(operator, operand);
    case "$regex":
      return matchesMissing(operand, "");
    case "$regexi":
      return matchesMissing(operand, "i");
    case "$exists":
      return !operand;
    case "$eq":
      return operand === null;
    case "$ne":
      return operand !== null;
    case "$in":
    case "$ini":
      return isArray(operand) && hasNull(operand);
    case "$nin":
    case "$nini":
      return isArray(operand) && !hasNull(operand);
    case "$type":
      return operand === "null";
    case "$not":
      if (!isOperatorObject(operand)) {
        return operand !== null && operand !== 0 && operand !== "null";
      }
      return depth < deepest &&
        !Object.entries(operand).every(([name, value]) =>
          holdsForMissing(name, value, depth + 1)
        );
    case "$notInGroup":
      return true;
    default:
      return false;
  }
}

function hasNull(list: JsonArray): boolean {
  return list.length <= longest && list.includes(null);
}

function passesMissing(operator: string, operand: JsonValue): boolean {
  const condition = compileCondition({ attribute: { [operator]: operand } });
  return passAll(condition, {}, startScope(undefined));
}

/** With this many choices a pattern is quick on four letters, whatever it is. */
const fewChoices = 12;

// A pattern that matches the empty text too is meant to match anything. Only patterns that are
// surely quick are tried, since a payload may have thousands.
function matchesMissing(source: JsonValue, flags: string): boolean {
  if (typeof source !== "string" || source.includes("{")) return false;
  if (source.replace(/[^*+?|]/g, "").length > fewChoices) return false;
  try {
    const matches = compilePattern(source, flags);
    return matches !== null && matches("null") && !matches("");
  } catch {
    // One that comes to too many steps matches nothing.
    return false;
  }
}

function describe(expected: JsonValue): string {
  return isOperatorObject(expected)
    ? Object.keys(expected).slice(0, 3).join(" ")
    : showValue(expected);
}

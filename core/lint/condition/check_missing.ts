import { compileCondition } from "../../condition/compile_condition.ts";
import { startScope } from "../../condition/condition_scope.ts";
import { passAll } from "../../condition/pass_all.ts";
import { isOperatorObject } from "../../condition/is_operator_object.ts";
import { compilePattern } from "../../pattern/compile_pattern.ts";
import type { ValueOperator } from "../../types/condition.ts";
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
  return names.some((name) =>
    isValueOperator(name) && missingRules[name].surprises
  ) &&
    names.every((name) => holdsForMissing(name, operators[name]!, 0));
}

function isValueOperator(name: string): name is ValueOperator {
  return Object.hasOwn(missingRules, name);
}

function holdsForMissing(
  operator: string,
  operand: JsonValue,
  depth: number,
): boolean {
  return isValueOperator(operator) &&
    missingRules[operator].holds(operand, depth);
}

/** What an operator makes of a missing attribute. */
interface MissingRule {
  /** Whether a person would not expect it to hold. */
  readonly surprises: boolean;
  /** Whether it holds. */
  readonly holds: (operand: JsonValue, depth: number) => boolean;
}

const expected = (holds: MissingRule["holds"]): MissingRule => ({
  surprises: false,
  holds,
});

const surprising = (holds: MissingRule["holds"]): MissingRule => ({
  surprises: true,
  holds,
});

const order = (operator: ValueOperator): MissingRule =>
  surprising((operand) =>
    typeof operand !== "object" && passesMissing(operator, operand)
  );

const version = (operator: ValueOperator): MissingRule =>
  surprising((operand) => passesMissing(operator, operand));

const never: MissingRule = /* @__PURE__ */ expected(() => false);
const always: MissingRule = /* @__PURE__ */ expected(() => true);
const among: MissingRule = /* @__PURE__ */ expected((operand) =>
  isArray(operand) && hasNull(operand)
);
const notAmong: MissingRule = /* @__PURE__ */ expected((operand) =>
  isArray(operand) && !hasNull(operand)
);

/** What each operator makes of a missing attribute. */
export const missingRules: {
  readonly [Operator in ValueOperator]: MissingRule;
} = {
  $eq: /* @__PURE__ */ expected((operand) => operand === null),
  $ne: /* @__PURE__ */ expected((operand) => operand !== null),
  $lt: /* @__PURE__ */ order("$lt"),
  $lte: /* @__PURE__ */ order("$lte"),
  $gt: /* @__PURE__ */ order("$gt"),
  $gte: /* @__PURE__ */ order("$gte"),
  $exists: /* @__PURE__ */ expected((operand) => !operand),
  $in: among,
  $nin: notAmong,
  $ini: among,
  $nini: notAmong,
  $all: never,
  $alli: never,
  $inGroup: never,
  $notInGroup: always,
  $size: never,
  $elemMatch: never,
  $not: /* @__PURE__ */ expected(isNegationOfMissing),
  $type: /* @__PURE__ */ expected((operand) => operand === "null"),
  $regex: /* @__PURE__ */ surprising((operand) => matchesMissing(operand, "")),
  $regexi: /* @__PURE__ */ surprising((operand) =>
    matchesMissing(operand, "i")
  ),
  $veq: /* @__PURE__ */ version("$veq"),
  $vne: /* @__PURE__ */ expected((operand) => passesMissing("$vne", operand)),
  $vlt: /* @__PURE__ */ version("$vlt"),
  $vlte: /* @__PURE__ */ version("$vlte"),
  $vgt: /* @__PURE__ */ version("$vgt"),
  $vgte: /* @__PURE__ */ version("$vgte"),
};

/** Deeper negations are not looked into, nor longer lists. */
const deepest = 8;
const longest = 1000;

function isNegationOfMissing(operand: JsonValue, depth: number): boolean {
  if (!isOperatorObject(operand)) {
    return operand !== null && operand !== 0 && operand !== "null";
  }
  return depth < deepest &&
    !Object.entries(operand).every(([name, value]) =>
      holdsForMissing(name, value, depth + 1)
    );
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

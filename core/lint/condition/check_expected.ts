import { isOperatorObject } from "../../condition/is_operator_object.ts";
import { maxConditionDepth } from "../../condition/condition_faults.ts";
import type { JsonObject, JsonValue } from "../../types/json.ts";
import { checkMissing } from "./check_missing.ts";
import { checkOperator } from "./check_operator.ts";
import { at, type ConditionPosition } from "./condition_position.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { isRecord } from "../../support/is_record.ts";
import type { OperatorScene } from "./operator_scene.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Checks a condition; handed down, because operators and conditions nest in each other. */
export type ConditionCheck = (
  inspection: Inspection,
  condition: JsonObject,
  position: ConditionPosition,
) => void;

/**
 * Reports what is wrong with what a condition expects of a value: an object of operators, or a
 * plain value. `mayBeMissing` says that the value may not be there.
 */
export function checkExpected(
  inspection: Inspection,
  expected: JsonValue,
  position: ConditionPosition,
  mayBeMissing: boolean,
  checkCondition: ConditionCheck,
): void {
  if (position.depth > maxConditionDepth) {
    tell(
      inspection,
      position.place,
      "condition-too-deep",
      `Cannot evaluate a condition that nests deeper than ${maxConditionDepth} levels, so it is false`,
    );
    return;
  }
  if (isRecord(expected) && !isDue(inspection, expected)) return;
  if (mayBeMissing && !position.isNegated) {
    checkMissing(inspection, expected, position.place);
  }
  if (!isRecord(expected)) return;
  const keys = Object.keys(expected);
  if (!isOperatorObject(expected)) {
    tellMixed(inspection, keys, position);
    return;
  }
  const scene: OperatorScene = {
    inspection,
    checkExpected: (operand, there) =>
      checkExpected(inspection, operand, there, false, checkCondition),
    checkCondition: (condition, there) =>
      checkCondition(inspection, condition, there),
  };
  for (const operator of keys) {
    checkOperator(
      operator,
      expected[operator]!,
      at(position, operator),
      scene,
    );
  }
}

function tellMixed(
  inspection: Inspection,
  keys: readonly string[],
  { place }: ConditionPosition,
): void {
  const operator = keys.find((key) => key.startsWith("$"));
  if (operator === undefined) return;
  const other = keys.find((key) => !key.startsWith("$"));
  tell(
    inspection,
    place,
    "mixed-operators",
    `Cannot use ${showValue(operator)} beside ${
      showValue(other)
    }: the object is compared as a plain value`,
  );
}

import type { ValueOperator } from "../../types/condition.ts";
import type { JsonValue } from "../../types/json.ts";
import { operandRules } from "./operand_rules.ts";
import {
  type ConditionPosition,
  tellNegated,
  tellNever,
} from "./condition_position.ts";
import { tell } from "../inspection.ts";
import type { OperatorScene } from "./operator_scene.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports what is wrong with an operator beneath an attribute, and with its operand. */
export function checkOperator(
  operator: string,
  operand: JsonValue,
  position: ConditionPosition,
  scene: OperatorScene,
): void {
  const { inspection } = scene;
  if (!isValueOperator(operator)) {
    tellUnknown(operator, position, scene);
    return;
  }
  const rule = operandRules[operator];
  if (rule.accepts(operand)) {
    rule.inside?.(operator, operand, position, scene);
    return;
  }
  tell(
    inspection,
    position.place,
    "wrong-operand",
    `Cannot use ${operator} without ${rule.expected}: the current value is ${
      showValue(operand)
    }`,
  );
  if (rule.otherwise === "always") {
    tellNegated(inspection, { ...position, isNegated: !position.isNegated });
  } else if (rule.otherwise === "never") tellNegated(inspection, position);
}

function isValueOperator(operator: string): operator is ValueOperator {
  return Object.hasOwn(operandRules, operator);
}

const misplaced: readonly string[] = ["$or", "$nor", "$and", "$savedGroup"];

function tellUnknown(
  operator: string,
  position: ConditionPosition,
  { inspection }: OperatorScene,
): void {
  if (misplaced.includes(operator)) {
    tellNever(
      inspection,
      position,
      "misplaced-operator",
      `Cannot use ${operator} beneath an attribute: there it never holds`,
    );
  } else {
    tellNever(
      inspection,
      position,
      "unknown-operator",
      `Cannot use an operator that is not known, so it never holds: the current value is ${
        showValue(operator)
      }`,
    );
  }
}

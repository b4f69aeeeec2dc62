import {
  maxConditionDepth,
  maxConditionParts,
} from "../../condition/condition_faults.ts";
import {
  conditionOperators,
  type RecordOperator,
} from "../../types/condition.ts";
import type { JsonObject, JsonValue } from "../../types/json.ts";
import { checkExpected } from "./check_expected.ts";
import { countParts } from "./count_parts.ts";
import { checkSavedGroupOperand } from "./check_group_operand.ts";
import {
  at,
  below,
  type ConditionPosition,
  type ConditionSubject,
} from "./condition_position.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { isArray, isRecord } from "../../support/is_record.ts";
import type { Place } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports what is wrong with a condition; `group` is the saved group that it belongs to. */
export function checkRootCondition(
  inspection: Inspection,
  condition: JsonObject,
  place: Place,
  subject: ConditionSubject,
  group: string | null,
): void {
  const isNegated = false;
  const position = { place, depth: 0, isNegated, subject, group };
  if (countParts(inspection.parts, condition) > maxConditionParts) {
    tell(
      inspection,
      place,
      "condition-too-deep",
      `Cannot evaluate a condition that comes to more than ${maxConditionParts} conditions and expectations, so it is false`,
    );
  }
  checkCondition(inspection, condition, position);
}

function checkCondition(
  inspection: Inspection,
  condition: JsonObject,
  position: ConditionPosition,
): void {
  if (position.depth > maxConditionDepth) {
    tellTooDeep(inspection, position);
    return;
  }
  if (!isDue(inspection, condition)) return;
  for (const key of Object.keys(condition)) {
    checkEntry(inspection, key, condition[key]!, at(position, key));
  }
}

function checkEntry(
  inspection: Inspection,
  key: string,
  operand: JsonValue,
  position: ConditionPosition,
): void {
  if (Object.hasOwn(recordRules, key)) {
    recordRules[key as RecordOperator](inspection, operand, position);
  } else if (valueOperators.has(key)) tellMisplaced(inspection, key, position);
  else checkAttribute(inspection, key, operand, position);
}

type OperatorCheck = (
  inspection: Inspection,
  operand: JsonValue,
  position: ConditionPosition,
) => void;

/** What is checked of each operator beside the paths. */
const recordRules: { readonly [Operator in RecordOperator]: OperatorCheck } = {
  $or: (inspection, operand, position) =>
    checkList(inspection, "$or", operand, position),
  $nor: (inspection, operand, position) =>
    checkList(inspection, "$nor", operand, position),
  $and: (inspection, operand, position) =>
    checkList(inspection, "$and", operand, position),
  $not: (inspection, operand, position) =>
    checkNested(inspection, operand, below(position, true)),
  $savedGroup: checkSavedGroupOperand,
};

const valueOperators: ReadonlySet<string> = /* @__PURE__ */ new Set(
  conditionOperators,
);

function checkList(
  inspection: Inspection,
  operator: "$or" | "$nor" | "$and",
  operand: JsonValue,
  position: ConditionPosition,
): void {
  if (!isArray(operand)) {
    tell(
      inspection,
      position.place,
      "wrong-operand",
      `Cannot use ${operator} without an array of conditions: the current value is ${
        showValue(operand)
      }`,
    );
    return;
  }
  if (!isDue(inspection, operand)) return;
  const isNegation = operator === "$nor";
  if (operand.length === 0 && operator !== "$and") {
    tellEmpty(
      inspection,
      operator,
      position.isNegated !== isNegation,
      position,
    );
  }
  operand.forEach((condition, index) =>
    checkNested(inspection, condition, below(at(position, index), isNegation))
  );
}

// An empty `$or` holds, to the surprise of most; an empty `$nor` doesn't.
function tellEmpty(
  inspection: Inspection,
  operator: string,
  isNegated: boolean,
  { place }: ConditionPosition,
): void {
  if (isNegated) return;
  tell(
    inspection,
    place,
    "matches-everyone",
    `Cannot rule any user out by ${operator} without conditions: the current value is an array of 0`,
  );
}

function checkNested(
  inspection: Inspection,
  condition: JsonValue,
  position: ConditionPosition,
): void {
  if (isRecord(condition)) {
    checkCondition(inspection, condition, position);
    return;
  }
  tell(
    inspection,
    position.place,
    "wrong-operand",
    `Cannot use a condition that is not an object: the current value is ${
      showValue(condition)
    }`,
  );
}

function checkAttribute(
  inspection: Inspection,
  path: string,
  expected: JsonValue,
  position: ConditionPosition,
): void {
  if (position.subject === "parent" && path.split(".", 1)[0] !== "value") {
    tell(
      inspection,
      position.place,
      "unknown-path",
      `Cannot find anything but the value of a prerequisite, as value: the current path is ${
        showValue(path)
      }`,
    );
  }
  const mayBeMissing = position.subject !== "parent";
  checkExpected(inspection, expected, position, mayBeMissing, checkCondition);
}

function tellMisplaced(
  inspection: Inspection,
  operator: string,
  position: ConditionPosition,
): void {
  tell(
    inspection,
    position.place,
    "misplaced-operator",
    `Cannot use ${operator} in place of an attribute: it is taken for the name of one`,
  );
}

function tellTooDeep(
  inspection: Inspection,
  { place }: ConditionPosition,
): void {
  tell(
    inspection,
    place,
    "condition-too-deep",
    `Cannot evaluate a condition that nests deeper than ${maxConditionDepth} levels, so it is false`,
  );
}

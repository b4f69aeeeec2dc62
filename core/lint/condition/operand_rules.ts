import { isOperatorObject } from "../../condition/is_operator_object.ts";
import type { ValueOperator } from "../../types/condition.ts";
import type { JsonArray, JsonValue } from "../../types/json.ts";
import { checkGroupOperand } from "./check_group_operand.ts";
import { checkPattern } from "./check_pattern.ts";
import { checkVersion } from "./check_version.ts";
import {
  at,
  below,
  type ConditionPosition,
  tellNegated,
} from "./condition_position.ts";
import { isDue, tell } from "../inspection.ts";
import { isArray, isRecord } from "../../support/is_record.ts";
import type { OperatorScene } from "./operator_scene.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** What an operator asks of its operand. */
export interface OperandRule {
  /** What the operand should be, in words. */
  readonly expected: string;
  /** Whether an operand is that. */
  readonly accepts: (operand: JsonValue) => boolean;
  /** What the operator does with any other operand: some values may still pass by `"chance"`. */
  readonly otherwise: "never" | "always" | "chance";
  /** Reports what is wrong inside an operand that is accepted. */
  readonly inside?: (
    operator: string,
    operand: JsonValue,
    position: ConditionPosition,
    scene: OperatorScene,
  ) => void;
}

const plain: OperandRule = {
  expected: "a text, number, boolean or null",
  accepts: isPrimitive,
  otherwise: "never",
};

const order: OperandRule = {
  expected: "a number or a text",
  accepts: isNumberOrText,
  otherwise: "chance",
};

const members: OperandRule = {
  expected: "an array",
  accepts: isArray,
  otherwise: "never",
  inside: checkMembers,
};

// Written out: a bundler keeps a constant that copies another's fields, used or not.
const all: OperandRule = {
  expected: "an array",
  accepts: isArray,
  otherwise: "never",
  inside: checkEach,
};

const pattern: OperandRule = {
  expected: "a text",
  accepts: (operand) => typeof operand === "string",
  otherwise: "never",
  inside: (operator, operand, position, { inspection }) => {
    const source = operand as string;
    const ignoreCase = operator === "$regexi";
    if (!checkPattern(inspection, source, ignoreCase, position.place)) {
      tellNegated(inspection, position);
    }
  },
};

const version: OperandRule = {
  expected: "a version",
  accepts: (operand) => isNumberOrText(operand) && operand !== "",
  otherwise: "chance",
  inside: (_, operand, { place }, { inspection }) =>
    checkVersion(inspection, String(operand), place),
};

const group: OperandRule = {
  expected: "the id of a saved group",
  accepts: isNumberOrText,
  otherwise: "chance",
  inside: (operator, operand, position, { inspection }) =>
    checkGroupOperand(inspection, operator, operand, position),
};

const typeNames: readonly JsonValue[] = [
  "string",
  "number",
  "boolean",
  "array",
  "object",
  "null",
  "undefined",
];

/** What each operator beneath an attribute asks of its operand. */
export const operandRules: {
  readonly [Operator in ValueOperator]: OperandRule;
} = {
  $eq: plain,
  $ne: {
    expected: "a text, number, boolean or null",
    accepts: isPrimitive,
    otherwise: "always",
  },
  $lt: order,
  $lte: order,
  $gt: order,
  $gte: order,
  $exists: {
    expected: "true or false",
    accepts: (operand) => typeof operand === "boolean",
    otherwise: "chance",
  },
  $in: members,
  $nin: members,
  $ini: members,
  $nini: members,
  $inGroup: group,
  $notInGroup: group,
  $all: all,
  $alli: all,
  $size: {
    expected: "a number or operators",
    accepts: (operand) => isNumberOrText(operand) || isOperatorObject(operand),
    otherwise: "chance",
    inside: (_, operand, position, { checkExpected }) =>
      checkExpected(operand, below(position)),
  },
  $elemMatch: {
    expected: "operators or a condition",
    accepts: isRecord,
    otherwise: "chance",
    inside: checkElement,
  },
  $not: {
    expected: "anything",
    accepts: () => true,
    otherwise: "chance",
    inside: (_, operand, position, { checkExpected }) =>
      checkExpected(operand, below(position, true)),
  },
  $type: {
    expected: `one of ${typeNames.join(", ")}`,
    accepts: (operand) => typeNames.includes(operand),
    otherwise: "never",
  },
  $regex: pattern,
  $regexi: pattern,
  $veq: version,
  $vne: version,
  $vlt: version,
  $vlte: version,
  $vgt: version,
  $vgte: version,
};

function isPrimitive(value: JsonValue): boolean {
  return typeof value !== "object" || value === null;
}

function isNumberOrText(value: JsonValue): boolean {
  return typeof value === "number" || typeof value === "string";
}

// Members are compared by identity, which no container in a payload has with an attribute.
function checkMembers(
  operator: string,
  operand: JsonValue,
  position: ConditionPosition,
  { inspection }: OperatorScene,
): void {
  const list = operand as JsonArray;
  if (!isDue(inspection, list)) return;
  list.forEach((element, index) => {
    if (isPrimitive(element)) return;
    tell(
      inspection,
      at(position, index).place,
      "wrong-operand",
      `Cannot find an array or object by ${operator}: the current value is ${
        showValue(element)
      }`,
    );
  });
}

function checkEach(
  _: string,
  operand: JsonValue,
  position: ConditionPosition,
  { inspection, checkExpected }: OperatorScene,
): void {
  const list = operand as JsonArray;
  if (!isDue(inspection, list)) return;
  list.forEach((element, index) =>
    checkExpected(element, below(at(position, index)))
  );
}

function checkElement(
  _: string,
  operand: JsonValue,
  position: ConditionPosition,
  { checkExpected, checkCondition }: OperatorScene,
): void {
  const there = below(position);
  if (!isRecord(operand) || isOperatorObject(operand)) {
    checkExpected(operand, there);
  } else checkCondition(operand, { ...there, subject: "element" });
}

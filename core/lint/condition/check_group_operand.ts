import type { JsonValue } from "../../types/json.ts";
import { checkFields } from "../check_fields.ts";
import {
  at,
  type ConditionPosition,
  tellNegated,
  tellNever,
} from "./condition_position.ts";
import { type Inspection, tell } from "../inspection.ts";
import { fieldOf, isArray, isRecord } from "../../support/is_record.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports what is wrong with the group that `$inGroup` or `$notInGroup` names. */
export function checkGroupOperand(
  inspection: Inspection,
  operator: string,
  operand: JsonValue,
  position: ConditionPosition,
): void {
  const group = findGroup(inspection, String(operand), position);
  if (!isRecord(group) || fieldOf(group, "type") !== "condition") return;
  tellNever(
    inspection,
    position,
    "wrong-saved-group-kind",
    `Cannot use ${operator} with a saved group that has a condition, use $savedGroup: the current value is ${
      showValue(operand)
    }`,
  );
}

/** Reports what is wrong with the reference that stands beneath `$savedGroup`. */
export function checkSavedGroupOperand(
  inspection: Inspection,
  operand: JsonValue,
  position: ConditionPosition,
): void {
  const id = isRecord(operand) ? fieldOf(operand, "id") : null;
  if (!isRecord(operand) || typeof id !== "string") {
    tellNever(
      inspection,
      position,
      "wrong-operand",
      `Cannot use $savedGroup without an object that has an id: the current value is ${
        showValue(isRecord(operand) ? id : operand)
      }`,
    );
    return;
  }
  const attributeKey = { attributeKey: "string!" } as const;
  checkFields(inspection, operand, position.place, attributeKey);
  const there = at(position, "id");
  const group = findGroup(inspection, id, there);
  if (group === undefined) tellNegated(inspection, there);
  else if (isArray(group)) {
    tellNever(
      inspection,
      there,
      "wrong-saved-group-kind",
      `Cannot use $savedGroup with a saved group that is a plain array, use $inGroup: the current value is ${
        showValue(id)
      }`,
    );
  } else {
    inspection.groups.push({
      from: position.group,
      to: id,
      levels: position.depth + 1,
      place: there.place,
    });
  }
}

/** Finds a saved group and reports where there is none; undefined also where groups are not known. */
function findGroup(
  inspection: Inspection,
  id: string,
  { place }: ConditionPosition,
): JsonValue | undefined {
  const { savedGroups } = inspection;
  if (savedGroups === null) return undefined;
  if (Object.hasOwn(savedGroups, id)) return savedGroups[id]!;
  tell(
    inspection,
    place,
    "unknown-saved-group",
    `Cannot find the saved group: the current value is ${showValue(id)}`,
  );
  return undefined;
}

import type { JsonObject, JsonValue } from "../../types/json.ts";
import type { ConditionPosition } from "./condition_position.ts";
import type { Inspection } from "../inspection.ts";

/** What the check of an operator works with: conditions and operators nest in each other. */
export interface OperatorScene {
  /** The checks of the payload. */
  readonly inspection: Inspection;
  /** Checks what is expected of a value. */
  readonly checkExpected: (
    expected: JsonValue,
    position: ConditionPosition,
  ) => void;
  /** Checks a condition. */
  readonly checkCondition: (
    condition: JsonObject,
    position: ConditionPosition,
  ) => void;
}

import { instruct, isThere } from "../instruction.ts";
import type { ValueOperator } from "./value_operator.ts";

/** `$exists`: there is a value other than null, or, with a falsy operand, there is none. */
export const exists: ValueOperator = (operand) =>
  instruct(isThere, null, Boolean(operand));

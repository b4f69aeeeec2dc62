import { instruct, isVersion } from "../instruction.ts";
import { compileVersionOrder } from "../version_order.ts";
import type { ValueOperator } from "./value_operator.ts";

/** `$veq`: the value is the same version. */
export const versionEqual: ValueOperator = /* @__PURE__ */ compileVersion(
  false,
  true,
  false,
);

/** `$vne`: the value is another version. */
export const versionNotEqual: ValueOperator = /* @__PURE__ */ compileVersion(
  true,
  false,
  true,
);

/** `$vlt`: the value is a lower version. */
export const versionLess: ValueOperator = /* @__PURE__ */ compileVersion(
  true,
  false,
  false,
);

/** `$vlte`: the value is the same version or a lower one. */
export const versionAtMost: ValueOperator = /* @__PURE__ */ compileVersion(
  true,
  true,
  false,
);

/** `$vgt`: the value is a higher version. */
export const versionGreater: ValueOperator = /* @__PURE__ */ compileVersion(
  false,
  false,
  true,
);

/** `$vgte`: the value is the same version or a higher one. */
export const versionAtLeast: ValueOperator = /* @__PURE__ */ compileVersion(
  false,
  true,
  true,
);

function compileVersion(
  ...orders: readonly [lower: boolean, equal: boolean, higher: boolean]
): ValueOperator {
  return (operand) => instruct(isVersion, compileVersionOrder(operand, orders));
}

import { instruct, isVersion } from "../instruction.ts";
import { compileVersionOrder } from "../version_order.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$veq`: the value is the same version. */
export const versionEqual: OperatorCompiler = /* @__PURE__ */ compileVersion(
  false,
  true,
  false,
);

/** `$vne`: the value is another version. */
export const versionNotEqual: OperatorCompiler = /* @__PURE__ */ compileVersion(
  true,
  false,
  true,
);

/** `$vlt`: the value is a lower version. */
export const versionLess: OperatorCompiler = /* @__PURE__ */ compileVersion(
  true,
  false,
  false,
);

/** `$vlte`: the value is the same version or a lower one. */
export const versionAtMost: OperatorCompiler = /* @__PURE__ */ compileVersion(
  true,
  true,
  false,
);

/** `$vgt`: the value is a higher version. */
export const versionGreater: OperatorCompiler = /* @__PURE__ */ compileVersion(
  false,
  false,
  true,
);

/** `$vgte`: the value is the same version or a higher one. */
export const versionAtLeast: OperatorCompiler = /* @__PURE__ */ compileVersion(
  false,
  true,
  true,
);

function compileVersion(
  ...orders: readonly [lower: boolean, equal: boolean, higher: boolean]
): OperatorCompiler {
  return (operand) => instruct(isVersion, compileVersionOrder(operand, orders));
}

import { calls, instruct } from "../instruction.ts";
import { compareVersions, readVersion } from "../version_order.ts";
import type { OperatorCompiler } from "./operator_compiler.ts";

/** `$veq`: the value is the same version. */
export const versionEqual: OperatorCompiler = /* @__PURE__ */ version(0, true);

/** `$vne`: the value is another version. */
export const versionNotEqual: OperatorCompiler = /* @__PURE__ */ version(
  0,
  false,
);

/** `$vlt`: the value is a lower version. */
export const versionLess: OperatorCompiler = /* @__PURE__ */ version(-1, true);

/** `$vlte`: the value is the same version or a lower one. */
export const versionAtMost: OperatorCompiler = /* @__PURE__ */ version(
  1,
  false,
);

/** `$vgt`: the value is a higher version. */
export const versionGreater: OperatorCompiler = /* @__PURE__ */ version(
  1,
  true,
);

/** `$vgte`: the value is the same version or a higher one. */
export const versionAtLeast: OperatorCompiler = /* @__PURE__ */ version(
  -1,
  false,
);

// Whether the value stands to the operand in an order (lower, the same, higher), or does not.
function version(order: -1 | 0 | 1, expected: boolean): OperatorCompiler {
  return (operand) => {
    const own = readVersion(operand);
    return instruct(
      calls,
      (value) => (compareVersions(value, own) === order) === expected,
    );
  };
}

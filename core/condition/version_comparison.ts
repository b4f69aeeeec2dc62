import type { ValueTest } from "./condition_node.ts";
import { compareVersion } from "./compare_version.ts";
import { paddedVersionString } from "./padded_version_string.ts";

/** What each operator makes of the order of an attribute and its operand: negative, 0 or positive. */
const verdicts: {
  readonly [operator: string]: (order: number) => boolean;
} = {
  $veq: (order) => order === 0,
  $vne: (order) => order !== 0,
  $vlt: (order) => order < 0,
  $vlte: (order) => order <= 0,
  $vgt: (order) => order > 0,
  $vgte: (order) => order >= 0,
};

/** Compiles `$veq $vne $vlt $vlte $vgt $vgte`: the operand is padded once. */
export function compileVersionComparison(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  const verdict = verdicts[operator]!;
  const version = paddedVersionString(operand);
  return (actual) => verdict(compareVersion(actual, version));
}

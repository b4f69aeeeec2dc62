import type { ValueTest } from "./condition_node.ts";
import { paddedVersionString } from "./padded_version_string.ts";

const comparisons: {
  readonly [operator: string]: (left: string, right: string) => boolean;
} = {
  $veq: (left, right) => left === right,
  $vne: (left, right) => left !== right,
  $vlt: (left, right) => left < right,
  $vlte: (left, right) => left <= right,
  $vgt: (left, right) => left > right,
  $vgte: (left, right) => left >= right,
};

/** Compiles `$veq $vne $vlt $vlte $vgt $vgte`: the operand is padded once. */
export function compileVersionComparison(
  operator: string,
  operand: unknown,
): ValueTest["test"] {
  const compare = comparisons[operator]!;
  const version = paddedVersionString(operand);
  return (actual) => compare(paddedVersionString(actual), version);
}

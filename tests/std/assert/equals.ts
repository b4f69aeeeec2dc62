import { AssertionError as Comparison } from "node:assert";
import { equal } from "./equal.ts";
import { failure } from "./failure.ts";

/**
 * Asserts that `actual` and `expected` are deeply equal, as {@linkcode equal} tells. The text of the
 * failure shows what differs; it is not that of the real package.
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  const difference = new Comparison({
    actual,
    expected,
    operator: "deepStrictEqual",
  });
  throw failure(`Values are not equal\n${difference.message}`, msg);
}

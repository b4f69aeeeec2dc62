import { failure } from "./failure.ts";

/** Asserts that `expected` matches `actual`. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  if (expected.test(actual)) return;
  throw failure(`Expected actual: "${actual}" to match: "${expected}"`, msg);
}

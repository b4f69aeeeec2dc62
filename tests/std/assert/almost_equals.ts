import { failure } from "./failure.ts";

/**
 * Asserts that `actual` is within `tolerance` of `expected`. The default is a
 * ten-millionth of `expected`.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ??
    (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (Math.abs(expected - actual) <= allowed) return;
  throw failure(
    `Expected actual: "${actual}" to be close to "${expected}" within ${allowed}`,
    msg,
  );
}

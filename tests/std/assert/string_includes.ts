import { failure } from "./failure.ts";

/** Asserts that `actual` has `expected` in it. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  if (actual.includes(expected)) return;
  throw failure(
    `Expected actual: "${actual}" to contain: "${expected}"`,
    msg,
  );
}

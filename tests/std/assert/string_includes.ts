import { ok } from "node:assert";
import { rethrow } from "./rethrow.ts";

/** Asserts that `actual` has `expected` in it. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  rethrow(
    () =>
      ok(
        actual.includes(expected),
        `Expected actual: "${actual}" to contain: "${expected}"`,
      ),
    msg,
  );
}

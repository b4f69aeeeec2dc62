import { strictEqual } from "node:assert";
import { rethrow } from "./rethrow.ts";

/** Asserts that `Object.is(actual, expected)`, and narrows the type. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  rethrow(() => strictEqual(actual, expected), msg);
}

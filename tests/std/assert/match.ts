import { match } from "node:assert";
import { rethrow } from "./rethrow.ts";

/** Asserts that `expected` matches `actual`. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  rethrow(() => match(actual, expected), msg);
}

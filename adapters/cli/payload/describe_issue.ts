import type { PayloadIssue } from "../../../core/mod.ts";
import { describeName } from "../text/describe_name.ts";

/**
 * Tells in one line what is wrong with a payload, and where.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const message = "Cannot use the weights: their sum is 0.9";
 * assertEquals(
 *   describeIssue({ path: "/features/a", code: "weights-sum", severity: "error", message }),
 *   "error at /features/a: Cannot use the weights: their sum is 0.9",
 * );
 * ```
 */
export function describeIssue(
  { path, severity, message }: PayloadIssue,
): string {
  const place = path === "" ? "" : ` at ${describeName(path)}`;
  return `${severity}${place}: ${describeName(message)}`;
}

import type { PayloadIssue } from "../../../core/mod.ts";
import { describeName } from "../text/describe_value.ts";

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

/** How many issues are told one by one. */
const most = 5;

/**
 * Counts the issues of a payload in one line, followed by the first few, errors first. Gives no
 * lines where there are no issues.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const message = "Cannot use the weights: their sum is 0.9";
 * assertEquals(
 *   summarizeIssues([{ path: "/features/a", code: "weights-sum", severity: "error", message }]),
 *   [
 *     "The payload has 1 error and 0 warnings:",
 *     "  error at /features/a: Cannot use the weights: their sum is 0.9",
 *   ],
 * );
 * ```
 */
export function summarizeIssues(
  issues: readonly PayloadIssue[],
): readonly string[] {
  if (issues.length === 0) return [];
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity === "warning");
  const told = [...errors, ...warnings].slice(0, most).map(describeIssue);
  const rest = issues.length - told.length;
  return [
    `The payload has ${count(errors.length, "error")} and ` +
    `${count(warnings.length, "warning")}:`,
    ...[...told, ...(rest > 0 ? [`and ${rest} more`] : [])]
      .map((line) => `  ${line}`),
  ];
}

/** Writes a number with a noun, in the singular or plural. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

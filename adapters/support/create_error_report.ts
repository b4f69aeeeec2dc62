import { ignoreFailure } from "./promises/ignore_failure.ts";

/**
 * Makes a function that reports an error, and never throws itself: what the handler throws, or rejects
 * with, has no effect.
 */
export function createErrorReport<Reason>(
  report: (error: Reason) => unknown,
): (error: Reason) => void {
  return (error) => void ignoreFailure(() => report(error));
}

/** What is warned of. */
interface Warning {
  /** What is wrong, for people. */
  readonly message: string;
}

/**
 * Makes a function that tells of a warning in the same way. Without `onWarning` it is printed to standard
 * error.
 *
 * @example
 * ```ts
 * import { createWarningReport } from "./create_error_report.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const told: string[] = [];
 * const warn = createWarningReport<{ message: string }>(({ message }) => {
 *   told.push(message);
 *   throw new Error("No");
 * });
 * warn({ message: "the disk is full" });
 * assertEquals(told, ["the disk is full"]);
 * ```
 */
export function createWarningReport<Kind extends Warning>(
  onWarning: (warning: Kind) => unknown = printWarning,
): (warning: Kind) => void {
  return createErrorReport(onWarning);
}

function printWarning({ message }: Warning): void {
  console.error(`growthstream: ${message}`);
}

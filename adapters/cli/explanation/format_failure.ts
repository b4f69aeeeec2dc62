import type { ConditionFailure } from "../../../core/mod.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { indentLines } from "../text/indent_lines.ts";

/**
 * Writes out a failed condition: the path, the operator, what was expected and what was found, and
 * beneath it the causes, as lines of text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const failure = { path: "country", operator: "$in", expected: ["fr"], actual: "de" };
 * assertEquals(formatFailure(failure), ['country $in: expected ["fr"], found "de"']);
 * ```
 */
export function formatFailure(failure: ConditionFailure): readonly string[] {
  const { path, operator, expected, actual, causes = [] } = failure;
  const subject = path === "" ? "" : `${describeName(path)} `;
  // Over the whole user, what was found is the user: that would be said at every level.
  const found = path === "" && typeof actual === "object"
    ? ""
    : `, found ${describeValue(actual)}`;
  return [
    `${subject}${describeName(operator)}: ` +
    `expected ${describeValue(expected)}${found}`,
    ...indentLines(causes.flatMap(formatFailure)),
  ];
}

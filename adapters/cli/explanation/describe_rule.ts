import type { RuleExplanation } from "../../../core/mod.ts";
import { describeName } from "../text/describe_value.ts";

/**
 * Names a rule by its id, or by its place in the feature where it has none; the first is 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(describeRule({ index: 0, ruleId: "fr_123" }), "rule fr_123");
 * assertEquals(describeRule({ index: 0, ruleId: "" }), "rule #1");
 * ```
 */
export function describeRule(
  { index, ruleId }: Pick<RuleExplanation, "index" | "ruleId">,
): string {
  return `rule ${ruleId === "" ? `#${index + 1}` : describeName(ruleId)}`;
}

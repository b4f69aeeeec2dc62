import type { Context, FeatureExplanation } from "../../../core/mod.ts";
import { describeName } from "../text/describe_name.ts";
import { describeValue } from "../text/describe_value.ts";
import type { EvalOptions } from "../commands/eval_options.ts";
import { formatExplanation } from "../explanation/format_explanation.ts";
import { formatJson } from "../text/format_json.ts";
import { formatResults } from "../explanation/format_results.ts";

/**
 * Writes evaluated features in the form that the options ask for: as JSON, as whole explanations, or
 * as a table beneath what was evaluated. A table is cut to `width` columns; with null it isn't.
 *
 * Returns null where a value nests too deep to be written as JSON.
 */
export function formatOutput(
  explanations: readonly FeatureExplanation[],
  context: Context,
  options: EvalOptions,
  width: number | null,
): string | null {
  if (options.json) return formatJson(explanations, options.explain);
  if (options.explain) return explanations.map(formatExplanation).join("\n\n");
  return [
    ...describeInput(context, options.payload),
    "",
    ...formatResults(explanations, width),
  ].join("\n");
}

function describeInput(
  { features = {}, attributes, url }: Context,
  path: string | null,
): readonly string[] {
  const source = path === null
    ? "examples/shop.json"
    : path === "-"
    ? "standard input"
    : describeName(path);
  const count = Object.keys(features).length;
  return [
    `payload  ${source}, ${count} feature${count === 1 ? "" : "s"}`,
    `user     ${describeValue(attributes, Infinity)}`,
    ...(url === undefined ? [] : [`url      ${describeName(url)}`]),
  ];
}

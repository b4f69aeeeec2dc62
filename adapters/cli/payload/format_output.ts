import type { Context, FeatureExplanation } from "../../../core/mod.ts";
import { formatExplanation } from "../explanation/format_explanation.ts";
import { formatResults } from "../explanation/format_results.ts";
import { describeName, describeValue } from "../text/describe_value.ts";
import { formatJson } from "../text/format_json.ts";
import { wrapLines } from "../text/wrap_text.ts";
import { describePlace } from "./read_payload.ts";

/** In which form evaluated features are printed. */
export interface OutputForm {
  /** Where the payload came from; null for the example. */
  readonly file: string | null;
  /** How many columns a table may have; null for any. */
  readonly width: number | null;
  /** Whether to print whole explanations. */
  readonly explain: boolean;
  /** Whether to print JSON. */
  readonly json: boolean;
}

/**
 * Writes evaluated features in the form that is asked for: as JSON, as whole explanations, or as a
 * table beneath what was evaluated.
 *
 * Returns null where a value nests too deep to be written as JSON.
 */
export function formatOutput(
  explanations: readonly FeatureExplanation[],
  context: Context,
  { file, width, explain, json }: OutputForm,
): string | null {
  if (json) {
    return formatJson(explanations.map((explanation) => {
      const { key, result } = explanation;
      return explain ? { key, result, explanation } : { key, result };
    }));
  }
  const lines = explain ? [explanations.map(formatExplanation).join("\n\n")] : [
    ...describeInput(context, file),
    "",
    ...formatResults(explanations, width),
  ];
  return wrapLines(lines.join("\n"), width);
}

function describeInput(
  { features = {}, attributes, url }: Context,
  file: string | null,
): readonly string[] {
  const count = Object.keys(features).length;
  return [
    `payload  ${describePlace(file)}, ${count} feature${
      count === 1 ? "" : "s"
    }`,
    `user     ${describeValue(attributes, Infinity)}`,
    ...(url === undefined ? [] : [`url      ${describeName(url)}`]),
  ];
}

import type { FeatureExplanation } from "../../../core/mod.ts";
import { escapeText } from "./escape_text.ts";

/**
 * Writes evaluated features as a JSON array of `{ key, result }`, with `explanation` where that is
 * wanted. It has two columns of indentation, and no character in it commands a terminal. Returns
 * null where a value nests too deep to be written.
 *
 * @example
 * ```ts
 * import { explainFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const explanation = explainFeature({ features: { dark: { defaultValue: true } } }, "dark");
 * const [first] = JSON.parse(formatJson([explanation], false)!);
 * assertEquals(first.key, "dark");
 * assertEquals(first.result.value, true);
 * ```
 */
export function formatJson(
  explanations: readonly FeatureExplanation[],
  explain: boolean,
): string | null {
  const told = explanations.map((explanation) => {
    const { key, result } = explanation;
    return explain ? { key, result, explanation } : { key, result };
  });
  const text = stringify(told);
  // The line breaks are ours: JSON writes those of texts as \n.
  return text?.split("\n").map(escapeText).join("\n") ?? null;
}

function stringify(value: unknown): string | null {
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return null;
  }
}

import { nothing, readAttributes } from "../evaluation/start_evaluation.ts";
import { findRoot, plainCall } from "../feature/evaluate_feature.ts";
import { unknownFeature } from "../feature/feature_store.ts";
import { tryRulesFor } from "../feature/try_rules.ts";
import type { AnyFeatures, Context } from "../types/context.ts";
import type { FeatureResult } from "../types/result.ts";

/**
 * Evaluates a feature for a user: its value, and where that came from.
 *
 * `context` holds the definitions, the user and everything else the decision depends on; it is
 * read, never changed. `key` is the key of the feature.
 *
 * Returns value null with the source `"unknownFeature"` for a key that is not defined. Definitions
 * that are malformed do not apply; nothing makes it throw.
 *
 * @example
 * ```ts
 * import { evalFeature } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = {
 *   banner: {
 *     defaultValue: "Welcome",
 *     rules: [{ id: "french", condition: { country: "fr" }, force: "Bienvenue" }],
 *   },
 * };
 * const result = evalFeature({ features, attributes: { country: "fr" } }, "banner");
 * assertEquals(result, {
 *   value: "Bienvenue",
 *   on: true,
 *   off: false,
 *   source: "force",
 *   ruleId: "french",
 * });
 * ```
 */
export function evalFeature<
  Features extends object = AnyFeatures,
  Key extends keyof Features & string = keyof Features & string,
>(
  context: Context<Features>,
  key: Key,
): FeatureResult<Features[Key]> {
  // Written out, though `evaluateRoot` does the same: one call more takes a good part of a plain feature.
  const call = plainCall;
  let feature = unknownFeature;
  let result: FeatureResult;
  try {
    feature = findRoot(context, key);
    if (feature.first === null) result = feature.byDefault;
    else {
      const attributes = readAttributes(context);
      result = tryRulesFor(feature, context, attributes, call, null);
    }
  } catch {
    // Of a context that throws where it is read nothing counts but the feature that was found. A key that
    // is no text names none.
    result = tryRulesFor(feature, nothing, nothing, call, null);
  }
  return result as FeatureResult<Features[Key]>;
}

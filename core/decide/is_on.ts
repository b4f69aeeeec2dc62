import type { AnyFeatures, Context } from "../types/context.ts";
import { evalFeature } from "./eval_feature.ts";

/**
 * Tells whether a feature's value is truthy for a user.
 *
 * Returns false for an unknown feature. Never throws.
 *
 * @example
 * ```ts
 * import { isOn } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { dark: { defaultValue: true } };
 * assertEquals(isOn({ features }, "dark"), true);
 * assertEquals(isOn({ features }, "nope"), false);
 * ```
 */
export function isOn<Features extends object = AnyFeatures>(
  context: Context<Features>,
  key: keyof Features & string,
): boolean {
  return evalFeature(context, key).on;
}

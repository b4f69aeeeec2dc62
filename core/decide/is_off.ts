import type { AnyFeatures, Context } from "../types/context.ts";
import { evalFeature } from "./eval_feature.ts";

/**
 * Tells whether a feature's value is falsy for a user.
 *
 * Returns true for an unknown feature. Never throws.
 *
 * @example
 * ```ts
 * import { isOff } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const features = { dark: { defaultValue: true } };
 * assertEquals(isOff({ features }, "dark"), false);
 * assertEquals(isOff({ features }, "nope"), true);
 * ```
 */
export function isOff<Features extends object = AnyFeatures>(
  context: Context<Features>,
  key: keyof Features & string,
): boolean {
  return evalFeature(context, key).off;
}

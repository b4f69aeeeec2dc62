import type {
  AnyFeatures,
  Context,
  FallbackOf,
  ValueOf,
} from "../types/context.ts";
import { evalFeature } from "./eval_feature.ts";

/**
 * Gives a feature's value for a user.
 *
 * Returns `fallback` where the value is null: the feature is unknown, has no value, or waits for a
 * prerequisite. Other falsy values are values. With `Context<AppFeatures>` the fallback has to be
 * of the feature's type or `undefined`, and so is what comes back. Without, the fallback may be
 * anything, also an interface; the result has its type, and it is up to the definitions to agree.
 * Never throws.
 *
 * @example
 * ```ts
 * import { type Context, getFeatureValue } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * interface AppFeatures {
 *   price: number;
 *   banner: string;
 * }
 * const context: Context<AppFeatures> = { features: { price: { defaultValue: 0 } } };
 * const price: number = getFeatureValue(context, "price", 9.5);
 * assertEquals(price, 0);
 * assertEquals(getFeatureValue(context, "banner", "Hello"), "Hello");
 * ```
 */
export function getFeatureValue<
  Features extends object = AnyFeatures,
  Key extends keyof Features & string = keyof Features & string,
  Fallback extends FallbackOf<Features, Key> = FallbackOf<Features, Key>,
>(
  context: Context<Features>,
  key: Key,
  fallback: Fallback,
): ValueOf<Features, Key, Fallback> {
  const { value } = evalFeature(context, key);
  return (value ?? fallback) as ValueOf<Features, Key, Fallback>;
}

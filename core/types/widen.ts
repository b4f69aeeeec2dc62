import type { JsonValue } from "./json.ts";

/** The type that a literal belongs to: `boolean` for `false`, `string` for `"a"`. */
export type Widen<Value> = Value extends boolean ? boolean
  : Value extends number ? number
  : Value extends string ? string
  : Value;

/**
 * What a fallback for a feature may be: a value of the feature's type, or `undefined`. Where the
 * application did not say which features it has, anything.
 */
export type FallbackOf<Features extends object, Key extends keyof Features> =
  string extends keyof Features ? unknown : Features[Key] | undefined;

/**
 * What comes back for a feature: the feature's type, and `undefined` where that is the fallback.
 * Where the application did not say which features it has, what the fallback is, or any JSON value
 * where that is `null` or `undefined`.
 */
export type ValueOf<
  Features extends object,
  Key extends keyof Features,
  Fallback,
> = string extends keyof Features
  ? [Fallback] extends [null | undefined] ? JsonValue | Fallback
  : Widen<Fallback>
  : undefined extends Fallback ? Features[Key] | undefined
  : Features[Key];

import { finish } from "../../support/finish.ts";
import type { ParsedPayload } from "./parsed_payload.ts";
import { closePayload, takePayload } from "./take_payload.ts";

/**
 * Turns the input from a server, a file or a person into a payload, and lists what could not be read.
 *
 * `input` is an answer of the GrowthBook API (`{ status, features, … }`) or a bare map of features,
 * as parsed JSON. It is an answer when one of its fields can't be a feature, which is always an
 * object: a number as `status`, a text as `dateUpdated`, `error` or encrypted field, an array as
 * `experiments`, or `features` that are not themselves a feature with rules or a default value.
 * It is copied and never changed.
 *
 * Evaluating the payload gives what evaluating the input would. Nothing is repaired: a rule whose
 * weights are wrong keeps them, since every GrowthBook SDK makes the same of it. What is wrong in that
 * way is found by `lintPayload` of `@growthstream/sdk/lint`. Left out is only what can't be used at
 * all: features and auto experiments that are not objects, and definitions with something in them that
 * is not JSON. An encrypted field is left where it is: see `decryptPayload`.
 *
 * `parsePayload<AppFeatures>(…)` says which features the payload has, as a cast does: what comes out
 * fits into a `Context<AppFeatures>`, and nothing is checked.
 *
 * Never throws, whatever the input: what is no payload at all gives one without features, and an
 * issue. The issues are at most 1,000 and one that counts the rest; errors come before warnings
 * when there is no room for both. Parsing what came out of it gives the same payload again. It
 * takes time in proportion to the input's size.
 *
 * @example
 * ```ts
 * import { parsePayload } from "@growthstream/sdk";
 * import { assertEquals } from "@std/assert";
 *
 * const { payload, issues } = parsePayload({
 *   status: 200,
 *   features: { banner: { defaultValue: "Welcome" }, chat: "on" },
 * });
 * assertEquals(Object.keys(payload.features), ["banner"]);
 * assertEquals(issues, [{
 *   path: "/features/chat",
 *   code: "wrong-type",
 *   severity: "error",
 *   message: 'Cannot use the feature, which should be an object: the current value is "on"',
 * }]);
 * ```
 */
export function parsePayload<Features extends object = object>(
  input: unknown,
): ParsedPayload<Features> {
  return closePayload(finish(takePayload(input))) as ParsedPayload<Features>;
}

import type { JsonObject } from "../types/json.ts";
import type { Payload } from "../types/payload.ts";
import type { PayloadIssue } from "../types/payload_issue.ts";
import { listIssues, report } from "../payload/read/findings.ts";
import { takePayload, type Taking } from "../payload/read/take_payload.ts";
import type { PayloadField } from "../payload/read/payload_fields.ts";
import { placeAt, wholePayload } from "../payload/read/place.ts";
import { showValue } from "../payload/read/show_value.ts";
import { finish } from "../support/finish.ts";
import {
  checkPayload,
  type Entry,
  type PayloadEntries,
} from "./check_payload.ts";

/**
 * Lists all that is wrong with a payload: what `parsePayload` says of it, and everything in it that
 * does not do what it seems to say, such as weights that don't sum to 1, a prerequisite that is not
 * there, a condition that never holds or a pattern that takes long.
 *
 * `payload` comes from `parsePayload` or `decryptPayload`; what these take is taken as well, and the
 * paths of the issues are those of the input. Definitions that refer to an encrypted field are not
 * checked against it.
 *
 * The issues are at most 1,000 and one that counts the rest; errors come before warnings when there is
 * no room for both. Never throws. It takes time in proportion to the payload's size. Objects that many
 * places share, which JSON text can't have, are checked at each until that gets out of hand.
 *
 * @example
 * ```ts
 * import { lintPayload } from "@growthstream/sdk/lint";
 * import { assertEquals } from "@std/assert";
 *
 * const issues = lintPayload({
 *   features: { banner: { rules: [{ variations: ["a", "b"], weights: [0.5, 0.4] }] } },
 * });
 * assertEquals(issues, [{
 *   path: "/features/banner/rules/0/weights",
 *   code: "weights-sum",
 *   severity: "error",
 *   message: "Cannot use the weights, equal ones are used instead: their sum is 0.9",
 * }]);
 * ```
 */
export function lintPayload(
  payload: Payload | unknown,
): readonly PayloadIssue[] {
  const entries: LooseEntries = {
    features: [],
    savedGroups: [],
    contextualBandits: [],
    experiments: [],
  };
  const keep: Taking["keep"] = (field, place, value) =>
    void entries[field].push({ place, value });
  const { findings, encrypted, payload: taken } = finish(
    takePayload(payload, { keep }),
  );
  const { dateUpdated } = taken;
  const known = (field: Exclude<PayloadField, "experiments">) =>
    encrypted.includes(field) ? null : (taken[field] ?? {}) as JsonObject;
  checkPayload(findings, entries as unknown as PayloadEntries, {
    features: known("features"),
    savedGroups: known("savedGroups"),
    contextualBandits: known("contextualBandits"),
  });
  if (dateUpdated !== undefined && !/^\d{4}-\d\d-\d\d/.test(dateUpdated)) {
    report(
      findings,
      placeAt(wholePayload, "dateUpdated"),
      "wrong-date",
      `Cannot read the date of the payload: the current value is ${
        showValue(dateUpdated)
      }`,
      "warning",
    );
  }
  return listIssues(findings);
}

type LooseEntries = { readonly [Field in PayloadField]: Entry[] };

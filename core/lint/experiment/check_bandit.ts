import type { JsonArray, JsonObject, JsonValue } from "../../types/json.ts";
import { checkRootCondition } from "../condition/check_condition.ts";
import { checkFields, wrongType } from "../check_fields.ts";
import { checkWeights } from "./check_weights.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { fieldOf, isArray, isRecord } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports what is wrong with a contextual bandit; the last step to its place is its reference. */
export function checkBandit(
  inspection: Inspection,
  bandit: JsonValue,
  place: Place,
): void {
  if (!isRecord(bandit)) {
    wrongType(inspection, bandit, place, "the contextual bandit", "object");
    return;
  }
  checkFields(inspection, bandit, place, {
    banditVersion: "number",
    contexts: "!array",
  });
  const contexts = fieldOf(bandit, "contexts");
  if (!isArray(contexts)) return;
  if (!isDue(inspection, contexts)) return;
  inspection.banditSizes.set(String(place.key), countWeights(contexts));
  contexts.forEach((context, index) => {
    const there = placeAt(placeAt(place, "contexts"), index);
    checkContext(inspection, context, there);
  });
}

function checkContext(
  inspection: Inspection,
  context: JsonValue,
  place: Place,
): void {
  if (!isRecord(context)) {
    wrongType(inspection, context, place, "the leaf", "object");
    return;
  }
  checkFields(inspection, context, place, {
    leafId: "!number",
    condition: "object",
    weights: "!array",
  });
  const condition = fieldOf(context, "condition");
  if (isRecord(condition)) {
    const there = placeAt(place, "condition");
    checkRootCondition(inspection, condition, there, "attributes", null);
  }
  const weights = fieldOf(context, "weights");
  if (isArray(weights)) {
    checkWeights(inspection, weights, placeAt(place, "weights"), null);
  }
}

// Two that differ are enough to find one that a rule's variations don't go with.
function countWeights(contexts: JsonArray): readonly number[] {
  const counts = new Set<number>();
  for (const context of contexts) {
    const weights = isRecord(context) ? fieldOf(context, "weights") : null;
    if (isArray(weights)) counts.add(weights.length);
    if (counts.size === 2) break;
  }
  return [...counts];
}

/** Reports a rule's contextual bandit that is not there, or is for another number of variations. */
export function checkBanditReference(
  inspection: Inspection,
  rule: JsonObject,
  place: Place,
  variations: JsonArray,
): void {
  const reference = fieldOf(rule, "contextualBanditRef");
  const { contextualBandits, banditSizes } = inspection;
  if (typeof reference !== "string" || reference === "") return;
  if (contextualBandits === null) return;
  const there = placeAt(place, "contextualBanditRef");
  if (!Object.hasOwn(contextualBandits, reference)) {
    tell(
      inspection,
      there,
      "unknown-bandit",
      `Cannot find the contextual bandit: the current value is ${
        showValue(reference)
      }`,
    );
    return;
  }
  const other = banditSizes.get(reference)
    ?.find((size) => size !== variations.length);
  if (other === undefined) return;
  tell(
    inspection,
    there,
    "weights-count",
    `Cannot use all weights of the contextual bandit: some are ${other} for ${variations.length} variations`,
  );
}

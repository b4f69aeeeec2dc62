import type { JsonArray, JsonObject } from "../../types/json.ts";
import { checkDuplicate, type Variations } from "./check_duplicate.ts";
import { checkFields, type FieldTypes, wrongType } from "../check_fields.ts";
import { checkOverlap } from "./check_overlap.ts";
import { checkRanges } from "./check_range.ts";
import { checkWeights } from "./check_weights.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { fieldOf, isArray, isRecord } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";

/**
 * Reports what is wrong with an experiment's variations, and with the weights, ranges and meta
 * that `source` has for them.
 */
export function checkVariations(
  inspection: Inspection,
  source: JsonObject,
  place: Place,
  experiment: Variations,
): void {
  const count = experiment.variations.length;
  if (count < 2) {
    tell(
      inspection,
      experiment.place,
      "too-few-variations",
      `Cannot run an experiment with fewer than 2 variations: it has ${count}`,
    );
  }
  const weights = fieldOf(source, "weights");
  if (isArray(weights)) {
    checkWeights(inspection, weights, placeAt(place, "weights"), count);
  }
  const ranges = fieldOf(source, "ranges");
  if (isArray(ranges)) {
    const there = placeAt(place, "ranges");
    checkCount(inspection, ranges, there, count, "ranges-count", "ranges");
    if (checkRanges(inspection, ranges, there)) {
      checkOverlap(inspection, ranges, there);
    }
  }
  const meta = fieldOf(source, "meta");
  if (isArray(meta)) {
    const there = placeAt(place, "meta");
    checkCount(inspection, meta, there, count, "meta-count", "meta");
    checkMeta(inspection, meta, there);
  }
  checkDuplicate(inspection, experiment, place);
}

function checkCount(
  inspection: Inspection,
  list: JsonArray,
  place: Place,
  count: number,
  code: "ranges-count" | "meta-count",
  name: string,
): void {
  if (list.length === count) return;
  tell(
    inspection,
    place,
    code,
    `Cannot pair ${name} with ${count} variations: there are ${list.length}`,
  );
}

const metaTypes: FieldTypes = {
  key: "string",
  name: "string",
  passthrough: "boolean",
};

function checkMeta(
  inspection: Inspection,
  meta: JsonArray,
  place: Place,
): void {
  if (!isDue(inspection, meta)) return;
  meta.forEach((entry, index) => {
    const there = placeAt(place, index);
    if (isRecord(entry)) checkFields(inspection, entry, there, metaTypes);
    else wrongType(inspection, entry, there, "the meta", "object");
  });
}

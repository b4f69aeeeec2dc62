import type { JsonArray } from "../../types/json.ts";
import { wrongType } from "../check_fields.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";

/** A sum that is off by less than this is off by the arithmetic of fractions. */
const noise = 1e-6;

/** Reports what is wrong with the weights of a number of variations; null for any number. */
export function checkWeights(
  inspection: Inspection,
  weights: JsonArray,
  place: Place,
  count: number | null,
): void {
  if (count !== null && weights.length !== count) {
    tell(
      inspection,
      place,
      "weights-count",
      `Cannot use the weights, equal ones are used instead: there are ${weights.length} for ${count} variations`,
    );
  }
  if (!isDue(inspection, weights)) return;
  let sum = 0;
  weights.forEach((weight, index) => {
    const there = placeAt(place, index);
    if (typeof weight !== "number") {
      wrongType(inspection, weight, there, "the weight", "number");
      sum = NaN;
      return;
    }
    sum += weight;
    if (weight >= 0 && weight <= 1) return;
    tell(
      inspection,
      there,
      "weight-out-of-bounds",
      `Cannot use a weight that is not between 0 and 1: the current value is ${weight}`,
    );
  });
  if (weights.length > 0) checkSum(inspection, sum, place);
}

function checkSum(inspection: Inspection, sum: number, place: Place): void {
  if (sum < 0.99 || sum > 1.01) {
    tell(
      inspection,
      place,
      "weights-sum",
      `Cannot use the weights, equal ones are used instead: their sum is ${
        round(sum)
      }`,
    );
  } else if (Math.abs(sum - 1) > noise) {
    tell(
      inspection,
      place,
      "weights-inexact",
      `Cannot give each user a variation by these weights: their sum is ${
        round(sum)
      }`,
    );
  }
}

function round(sum: number): number {
  return Number(sum.toPrecision(12));
}

import type { JsonArray, JsonValue } from "../../types/json.ts";
import { wrongType } from "../check_fields.ts";
import { type Inspection, isDue, tell } from "../inspection.ts";
import { isArray } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports what is wrong with each of a list of ranges; false where that need not be checked. */
export function checkRanges(
  inspection: Inspection,
  ranges: JsonArray,
  place: Place,
): boolean {
  if (!isDue(inspection, ranges)) return false;
  ranges.forEach((range, index) =>
    checkRange(inspection, range, placeAt(place, index))
  );
  return true;
}

/** Reports what is wrong with a bucket range. */
export function checkRange(
  inspection: Inspection,
  range: JsonValue,
  place: Place,
): void {
  if (!isArray(range)) {
    wrongType(inspection, range, place, "the range", "array");
  } else if (range.length !== 2) {
    tell(
      inspection,
      place,
      "wrong-type",
      `Cannot use the range, which should be two numbers: the current value is ${
        showValue(range)
      }`,
    );
  } else checkBounds(inspection, range, 0, place);
}

/** Reports bounds that are not between 0 and 1, or the wrong way round. */
export function checkBounds(
  inspection: Inspection,
  list: JsonArray,
  first: number,
  place: Place,
): void {
  const start = list[first]!;
  const end = list[first + 1]!;
  if (typeof start !== "number") {
    const there = placeAt(place, first);
    wrongType(inspection, start, there, "the start of the range", "number");
  }
  if (typeof end !== "number") {
    const there = placeAt(place, first + 1);
    wrongType(inspection, end, there, "the end of the range", "number");
  }
  if (typeof start !== "number" || typeof end !== "number") return;
  if (start >= 0 && start <= end && end <= 1) return;
  tell(
    inspection,
    place,
    "range-out-of-bounds",
    `Cannot use a range that is not within 0 and 1, start first: the current value is ${start} to ${end}`,
  );
}

import type { JsonObject } from "../../types/json.ts";
import { type Inspection, tell } from "../inspection.ts";
import { fieldOf } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** Reports a hash version that includes no user. A falsy value stands for the default. */
export function checkHashVersion(
  inspection: Inspection,
  source: JsonObject,
  place: Place,
): void {
  const version = fieldOf(source, "hashVersion");
  if (!version || version === 1 || version === 2) return;
  tell(
    inspection,
    placeAt(place, "hashVersion"),
    "unknown-hash-version",
    `Cannot hash with a version other than 1 and 2, so no user is included: the current value is ${
      showValue(version)
    }`,
  );
}

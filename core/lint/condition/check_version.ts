import { type Inspection, tell } from "../inspection.ts";
import type { Place } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/**
 * Reports a version that does not begin with three numeric parts of at most five digits. Only such
 * versions compare as people expect: `1.0` is not `1.0.0`, and longer parts compare as texts.
 */
export function checkVersion(
  inspection: Inspection,
  version: string,
  place: Place,
): void {
  if (isUsual(version)) return;
  tell(
    inspection,
    place,
    "odd-version",
    `Cannot be sure how a version compares that has not three numeric parts, as 1.0.0 has: the current value is ${
      showValue(version)
    }`,
  );
}

function isUsual(version: string): boolean {
  return /^v?\d{1,5}\.\d{1,5}\.\d{1,5}(?:[-+]|$)/.test(version);
}

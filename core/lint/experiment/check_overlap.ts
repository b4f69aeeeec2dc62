import type { JsonArray, JsonValue } from "../../types/json.ts";
import { type Inspection, tell } from "../inspection.ts";
import { isArray } from "../../support/is_record.ts";
import { type Place, placeAt } from "../../payload/read/place.ts";

/** Ranges may reach into each other by as much as the arithmetic of fractions makes of it. */
const noise = 1e-6;

/** Reports ranges of an experiment that share buckets: a user can't have two variations. */
export function checkOverlap(
  inspection: Inspection,
  ranges: JsonArray,
  place: Place,
): void {
  const ordered = ranges.flatMap(readRange)
    .sort((left, right) => left.start - right.start);
  let reached: Range | undefined;
  for (const range of ordered) {
    if (reached !== undefined && range.start < reached.end - noise) {
      tell(
        inspection,
        placeAt(place, Math.max(range.index, reached.index)),
        "ranges-overlap",
        `Cannot give a user two variations: ranges ${
          Math.min(range.index, reached.index)
        } and ${Math.max(range.index, reached.index)} share ${range.start} to ${
          Math.min(range.end, reached.end)
        }`,
      );
    }
    if (reached === undefined || range.end > reached.end) reached = range;
  }
}

interface Range {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

function readRange(range: JsonValue, index: number): readonly Range[] {
  if (!isArray(range)) return [];
  const [start, end] = range;
  return typeof start === "number" && typeof end === "number" && start < end
    ? [{ index, start, end }]
    : [];
}

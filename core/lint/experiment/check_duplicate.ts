import type { JsonArray, JsonValue } from "../../types/json.ts";
import { equalJson } from "./equal_json.ts";
import { isFull } from "../../payload/read/findings.ts";
import { type Inspection, tell } from "../inspection.ts";
import { jsonPointer, type Place } from "../../payload/read/place.ts";
import { showValue } from "../../payload/read/show_value.ts";

/** The variations of an experiment. */
export interface Variations {
  /** The key of the experiment. */
  readonly key: JsonValue;
  /** Their values. */
  readonly variations: JsonArray;
  /** Where the values stand. */
  readonly place: Place;
}

/** Reports an experiment that has other variations than the first of the same key. */
export function checkDuplicate(
  inspection: Inspection,
  experiment: Variations,
  place: Place,
): void {
  const { key, variations } = experiment;
  if (typeof key !== "string") return;
  const known = inspection.experiments.get(key);
  if (known === undefined) {
    inspection.experiments.set(key, { variations, place });
    return;
  }
  if (equalJson(inspection, variations, known.variations)) return;
  const first = isFull(inspection.findings) ? "" : jsonPointer(known.place);
  tell(
    inspection,
    place,
    "duplicate-experiment-key",
    `Cannot tell experiments of one key apart: the key is ${
      showValue(key)
    } as at ${showValue(first)}, where the variations are others`,
  );
}

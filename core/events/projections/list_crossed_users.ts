import { getEntry } from "../../collections/get_entry.ts";
import { listEntries } from "../../collections/list_entries.ts";
import type { JsonValue } from "../../types/json.ts";
import { insideOf } from "./projection_state.ts";
import { hasCrossed, type SampleRatio, type Splits } from "./sample_ratio.ts";

/** An identity that saw several variations of an experiment. */
export interface CrossedUser {
  /** The attribute. */
  readonly hashAttribute: string;
  /** Its value. */
  readonly hashValue: JsonValue;
  /** The index of the variation that it saw first. */
  readonly firstVariationId: number;
}

/** Lists the identities that saw several variations of an experiment. */
export function* listCrossedUsers(
  state: SampleRatio,
  experimentKey: string,
): Generator<CrossedUser> {
  const split = getEntry(insideOf<Splits>(state), experimentKey);
  if (split === undefined) return;
  for (const [hashAttribute, values] of listEntries(split.identities)) {
    for (const [text, sighting] of listEntries(values)) {
      if ((sighting & hasCrossed) === 0) continue;
      const hashValue = JSON.parse(text) as JsonValue;
      yield { hashAttribute, hashValue, firstVariationId: sighting >> 2 };
    }
  }
}

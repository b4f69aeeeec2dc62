import { getEntry } from "../../collections/get_entry.ts";
import { listEntries } from "../../collections/list_entries.ts";
import type { JsonValue } from "../../types/json.ts";
import { insideOf } from "./projection_state.ts";
import { hasCrossed, type SampleRatio, type Splits } from "./sample_ratio.ts";

/** An identity that saw several variations in one phase of an experiment. */
export interface CrossedUser {
  /** The phase; null where it has none. */
  readonly phase: string | null;
  /** The attribute. */
  readonly hashAttribute: string;
  /** Its value. */
  readonly hashValue: JsonValue;
  /** The index of the variation that it saw first. */
  readonly firstVariationId: number;
}

/** Lists the identities that saw several variations of an experiment, phase by phase. */
export function* listCrossedUsers(
  state: SampleRatio,
  experimentKey: string,
): Generator<CrossedUser> {
  const phases = getEntry(insideOf<Splits>(state), experimentKey);
  if (phases === undefined) return;
  for (const [name, { identities }] of listEntries(phases)) {
    const phase = name === "" ? null : name;
    for (const [hashAttribute, values] of listEntries(identities)) {
      for (const [text, sighting] of listEntries(values)) {
        if ((sighting & hasCrossed) === 0) continue;
        const hashValue = JSON.parse(text) as JsonValue;
        const firstVariationId = sighting >> 2;
        yield { phase, hashAttribute, hashValue, firstVariationId };
      }
    }
  }
}

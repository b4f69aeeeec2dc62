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

/**
 * Lists the identities that saw several variations of an experiment, phase by phase; none for an
 * experiment that is not in the state. Throws a `TypeError`, at the first step, where the state is not an object.
 *
 * @example
 * ```ts
 * import { listCrossedUsers, replay, sampleRatio } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const data = {
 *   ...{ experimentKey: "cta", variationId: 1, variationKey: "1", inExperiment: true },
 *   ...{ hashAttribute: "id", hashValue: "7", stickyBucketUsed: false },
 *   ...{ featureId: "cta", ruleId: "r1", askedFeatureId: "cta", weights: [0.5, 0.5], coverage: 1 },
 * };
 * const id = "0199b2c4-6c00-7000-8000-000000000001";
 * const time = Date.UTC(2026, 0, 2);
 * const viewed = { id, position: 1, time, type: "experiment.viewed", version: 1, data };
 * const other = { ...viewed, position: 2, data: { ...data, variationId: 0, variationKey: "0" } };
 *
 * const { states } = replay([viewed, other], { sampleRatio });
 * const [user] = listCrossedUsers(states.sampleRatio, "cta");
 * assertEquals([user?.hashValue, user?.firstVariationId], ["7", 1]);
 * assertEquals([...listCrossedUsers(states.sampleRatio, "unknown")], []);
 * ```
 */
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

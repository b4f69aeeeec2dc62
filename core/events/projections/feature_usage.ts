import { listEntries } from "../../collections/list_entries.ts";
import {
  getNested,
  type NestedMap,
  packNested,
  setNested,
} from "../../collections/nested_map.ts";
import { emptyMap } from "../../collections/sorted_map.ts";
import type { FeatureSource } from "../../types/result.ts";
import type { JsonValue } from "../../types/json.ts";
import { makeProjection } from "./make_projection.ts";
import type { Projection } from "./projection.ts";
import {
  hideState,
  insideOf,
  type ProjectionState,
} from "./projection_state.ts";
import { readData } from "../types/read_data.ts";

/** Numbers of evaluations by feature, and by value, source and rule (as JSON text). */
export type FeatureUsage = ProjectionState<"feature-usage">;

/** How often a feature had a value for a reason. */
export interface FeatureUse {
  /** The key of the feature. */
  readonly featureKey: string;
  /** The value. */
  readonly value: JsonValue;
  /** Where it came from. */
  readonly source: FeatureSource;
  /** The rule; `""` where none decided. */
  readonly ruleId: string;
  /** How many evaluations. */
  readonly count: number;
}

/**
 * How often features were evaluated, to which value and by which rule, as far as the log counts that
 * (`feature.evaluated`, which is off by default).
 *
 * @example
 * ```ts
 * import { featureUsage, listFeatureUsage } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const use = { featureKey: "cta", value: "Buy", source: "force", ruleId: "r1", count: 3 };
 * const event = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "feature.evaluated",
 *   version: 1,
 *   data: use,
 * };
 * const twice = [event, event].reduce(featureUsage.evolve, featureUsage.initial);
 * assertEquals(listFeatureUsage(twice).map(({ count }) => count), [6]);
 * ```
 */
export const featureUsage: Projection<FeatureUsage> = /* @__PURE__ */ hideState(
  /* @__PURE__ */ makeProjection<NestedMap>({
    name: "feature-usage",
    version: 1,
    initial: emptyMap,
    step: (state, event, owned) => {
      const used = readData(event, "feature.evaluated");
      if (used === null) return state;
      const { featureKey, value, source, ruleId, count } = used;
      const path = [featureKey, JSON.stringify([value, source, ruleId])];
      return setNested(
        state,
        path,
        (getNested(state, path) ?? 0) + count,
        owned,
      );
    },
    pack: packNested,
  }),
);

/**
 * Lists the uses by feature; of each, the most frequent first. Throws a `TypeError` where the state is not
 * an object.
 *
 * @example
 * ```ts
 * import { featureUsage, listFeatureUsage, replay } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const evaluated = (position: number, value: number, count: number) => ({
 *   id: `0199b2c4-6c00-7000-8000-00000000000${position}`,
 *   position,
 *   time: 1_760_000_000_000,
 *   type: "feature.evaluated",
 *   version: 1,
 *   data: { featureKey: "cta", value, source: "force", ruleId: "", count },
 * });
 * const { states } = replay([evaluated(1, 7, 2), evaluated(2, 8, 5)], { featureUsage });
 * const uses = listFeatureUsage(states.featureUsage);
 * assertEquals(uses.map(({ value, count }) => [value, count]), [[8, 5], [7, 2]]);
 * ```
 */
export function listFeatureUsage(state: FeatureUsage): readonly FeatureUse[] {
  const uses: FeatureUse[] = [];
  for (const [featureKey, reasons] of listEntries(insideOf<NestedMap>(state))) {
    if (typeof reasons === "number") continue;
    const ofFeature = Array.from(listEntries(reasons), ([text, count]) => {
      const [value, source, ruleId] = JSON.parse(text) as [
        JsonValue,
        FeatureSource,
        string,
      ];
      return { featureKey, value, source, ruleId, count: count as number };
    });
    uses.push(...ofFeature.sort((one, other) => other.count - one.count));
  }
  return uses;
}

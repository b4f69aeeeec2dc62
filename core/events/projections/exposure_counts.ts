import { listEntries } from "../../collections/list_entries.ts";
import {
  getNested,
  type NestedMap,
  setNested,
} from "../../collections/nested_map.ts";
import { emptyMap } from "../../collections/sorted_map.ts";
import { formatDay, readDay } from "./day.ts";
import { makeProjection } from "./make_projection.ts";
import type { Projection } from "./projection.ts";
import {
  hideState,
  insideOf,
  type ProjectionState,
} from "./projection_state.ts";
import { readData } from "../types/read_data.ts";

/** Numbers of exposures by experiment, variation (its index, its key and the phase, as JSON text) and day. */
export type ExposureCounts = ProjectionState<"exposure-counts">;

/** How often a variation was seen on a day. */
export interface ExposureCount {
  /** The key of the experiment. */
  readonly experimentKey: string;
  /** Its phase; null where it has none. */
  readonly phase: string | null;
  /** The index of the variation. */
  readonly variationId: number;
  /** Its key. */
  readonly variationKey: string;
  /** The day in UTC, as `2025-10-09`. */
  readonly day: string;
  /** How many exposures were recorded. One identity may have several, when its first was forgotten. */
  readonly exposures: number;
}

/**
 * How many exposures were recorded, for each experiment, variation, phase and day in UTC. It counts events,
 * not users: `sampleRatio` does that. Who got no variation (`inExperiment` false) doesn't count.
 *
 * @example
 * ```ts
 * import { exposureCounts, listExposureCounts } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...listExposureCounts(exposureCounts.initial)], []);
 * ```
 */
export const exposureCounts: Projection<ExposureCounts> =
  /* @__PURE__ */ hideState(/* @__PURE__ */ makeProjection<NestedMap>({
    name: "exposure-counts",
    version: 2,
    initial: emptyMap,
    step: (state, event, owned) => {
      const exposure = readData(event, "experiment.viewed");
      const day = readDay(event.time);
      if (exposure === null || !exposure.inExperiment || day === null) {
        return state;
      }
      const { experimentKey, phase, variationId, variationKey } = exposure;
      const variation = JSON.stringify([
        variationId,
        variationKey,
        phase === "" ? undefined : phase,
      ]);
      const path = [experimentKey, variation, String(day)];
      return setNested(state, path, (getNested(state, path) ?? 0) + 1, owned);
    },
  }));

/**
 * Lists the counts, sorted by experiment, variation, phase and day. Throws a `TypeError` where the state is
 * not an object.
 *
 * @example
 * ```ts
 * import { exposureCounts, listExposureCounts, replay } from "@growthstream/sdk/events";
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
 *
 * const { states } = replay([viewed], { exposureCounts });
 * const [row] = listExposureCounts(states.exposureCounts);
 * assertEquals([row?.experimentKey, row?.variationId, row?.day], ["cta", 1, "2026-01-02"]);
 * assertEquals(row?.exposures, 1);
 * ```
 */
export function listExposureCounts(
  state: ExposureCounts,
): readonly ExposureCount[] {
  const counts: (ExposureCount & { readonly number: number })[] = [];
  for (
    const [experimentKey, variations] of entriesOf(insideOf<NestedMap>(state))
  ) {
    for (const [text, days] of entriesOf(variations)) {
      const [variationId, variationKey, phase] = JSON.parse(text) as [
        number,
        string,
        string | null,
      ];
      for (const [day, exposures] of entriesOf(days)) {
        const number = Number(day);
        counts.push({
          experimentKey,
          phase,
          variationId,
          variationKey,
          day: formatDay(number),
          exposures: exposures as number,
          number,
        });
      }
    }
  }
  return counts.sort((one, other) =>
    compareText(one.experimentKey, other.experimentKey) ||
    one.variationId - other.variationId ||
    compareText(one.variationKey, other.variationKey) ||
    compareText(one.phase ?? "", other.phase ?? "") ||
    one.number - other.number
  ).map(({ number: _, ...count }) => count);
}

function entriesOf(
  map: NestedMap | number,
): Iterable<readonly [string, NestedMap | number]> {
  return typeof map === "number" ? [] : listEntries(map);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

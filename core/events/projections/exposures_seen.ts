import {
  deleteNested,
  getNested,
  type NestedMap,
  packNested,
  setNested,
} from "../../collections/nested_map.ts";
import {
  dequeue,
  emptyQueue,
  enqueue,
  firstOf,
  listItems,
  packQueue,
  type Queue,
} from "../../collections/queue.ts";
import type { Owned } from "../../collections/owned.ts";
import { emptyMap } from "../../collections/sorted_map.ts";
import type { JsonValue } from "../../types/json.ts";
import { makeProjection } from "./make_projection.ts";
import type { Projection } from "./projection.ts";
import { insideOf, type ProjectionState } from "./projection_state.ts";
import { readData } from "../types/read_data.ts";
import type { NewEvent } from "../types/recorded_event.ts";
import type { ExperimentViewedData } from "../types/tracking_event.ts";

/** What tells one exposure from another: which user saw which variation of which experiment, in which phase. */
export type ExposureIdentity = Pick<
  ExperimentViewedData,
  "hashAttribute" | "hashValue" | "experimentKey" | "phase" | "variationKey"
>;

/** How many exposures are remembered, and for how long. */
export interface ExposureWindow {
  /** How many, from 1; 100,000 when absent. The oldest go first. */
  readonly count?: number;
  /** For how long, in milliseconds; 24 hours when absent. */
  readonly age?: number;
}

/** The exposures of a window. */
export interface ExposuresSeen extends ProjectionState<"exposures-seen"> {
  /** How many there are. */
  readonly size: number;
}

/** Where an exposure is: attribute, experiment, phase (`""` for none), variation, value as JSON. */
type ExposurePath = readonly [string, string, string, string, string];

/** An exposure in the order in which it came. */
type SeenExposure = readonly [...path: ExposurePath, time: number];

/** What is inside. */
interface Seen {
  /**
   * Times, by attribute, experiment, phase, variation and value (as JSON text). Values come last: of all the
   * rest there is little, so a user costs an entry, and not maps of his own.
   */
  readonly times: NestedMap;
  /** How many there are. */
  readonly size: number;
  /** The same in the order in which they came. */
  readonly order: Queue<SeenExposure>;
}

/**
 * The exposures that need not be recorded again, by what happened: each counts from when it was first
 * recorded until it is too old or there are too many newer ones. An exposure that is forgotten may be
 * recorded twice; none is taken for another.
 *
 * An exposure is as old as the time between it and the last event says, whichever is later, so that
 * a clock that was set back forgets instead of remembering for ever.
 *
 * @example
 * ```ts
 * import { exposuresSeen, hasSeenExposure } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const { initial } = exposuresSeen({ count: 1000 });
 * const exposure = {
 *   hashAttribute: "id",
 *   hashValue: "7",
 *   experimentKey: "checkout",
 *   variationKey: "control",
 * };
 * assertEquals(hasSeenExposure(initial, exposure), false);
 * ```
 */
export function exposuresSeen(
  { count = 100_000, age = 86_400_000 }: ExposureWindow = {},
): Projection<ExposuresSeen> {
  return makeProjection<Seen>({
    name: "exposures-seen",
    version: 3,
    initial: nothingSeen,
    step: (state, event, owned) => {
      const exposure = readData(event, "experiment.viewed");
      if (exposure === null) return state;
      const kept = forgetOld(state, event, age, owned);
      const known = remember(kept, exposure, event.time, owned);
      return forgetSurplus(known, count, owned);
    },
    pack: ({ times, size, order }) => ({
      times: packNested(times),
      size,
      order: packQueue(order),
    }),
  }) as Projection<unknown> as Projection<ExposuresSeen>;
}

/**
 * Tells whether an exposure is among those of a window. Throws a `TypeError` where the state is not an object.
 *
 * @example
 * ```ts
 * import { exposuresSeen, hasSeenExposure, replay } from "@growthstream/sdk/events";
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
 * const { states } = replay([viewed], { seen: exposuresSeen() });
 * assertEquals(hasSeenExposure(states.seen, data), true);
 * assertEquals(hasSeenExposure(states.seen, { ...data, hashValue: "8" }), false);
 * ```
 */
export function hasSeenExposure(
  state: ExposuresSeen,
  exposure: ExposureIdentity,
): boolean {
  const { times } = insideOf<Seen>(state);
  return getNested(times, pathOf(exposure)) !== undefined;
}

/**
 * Lists the exposures of a window with the times at which they were recorded, oldest first. Throws a
 * `TypeError`, at the first step, where the state is not an object.
 *
 * @example
 * ```ts
 * import { exposuresSeen, listExposuresSeen } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...listExposuresSeen(exposuresSeen().initial)], []);
 * ```
 */
export function* listExposuresSeen(
  state: ExposuresSeen,
): Generator<ExposureIdentity & { readonly time: number }> {
  const { order } = insideOf<Seen>(state);
  for (const seen of listItems(order)) {
    const [hashAttribute, experimentKey, phase, variationKey, text, time] =
      seen;
    const hashValue = JSON.parse(text) as JsonValue;
    yield {
      hashAttribute,
      hashValue,
      experimentKey,
      ...(phase === "" ? {} : { phase }),
      variationKey,
      time,
    };
  }
}

const nothingSeen: Seen = /* @__PURE__ */ Object.freeze({
  times: emptyMap,
  size: 0,
  order: emptyQueue,
});

function pathOf(
  { hashAttribute, hashValue, experimentKey, phase = "", variationKey }:
    ExposureIdentity,
): ExposurePath {
  return [
    hashAttribute,
    experimentKey,
    phase,
    variationKey,
    JSON.stringify(hashValue),
  ];
}

function remember(
  state: Seen,
  exposure: ExposureIdentity,
  time: number,
  owned: Owned | null,
): Seen {
  const path = pathOf(exposure);
  if (getNested(state.times, path) !== undefined) return state;
  return {
    times: setNested(state.times, path, time, owned),
    size: state.size + 1,
    order: enqueue(state.order, [...path, time], owned),
  };
}

function forgetOld(
  state: Seen,
  { time }: NewEvent,
  age: number,
  owned: Owned | null,
): Seen {
  let left = state;
  for (
    let first = firstOf(left.order);
    first !== undefined && Math.abs(time - first[5]) >= age;
    first = firstOf(left.order)
  ) left = forgetFirst(left, first, owned);
  return left;
}

function forgetSurplus(
  state: Seen,
  count: number,
  owned: Owned | null,
): Seen {
  let left = state;
  while (left.size > Math.max(1, count)) {
    left = forgetFirst(left, firstOf(left.order)!, owned);
  }
  return left;
}

function forgetFirst(
  state: Seen,
  first: SeenExposure,
  owned: Owned | null,
): Seen {
  const [attribute, experiment, phase, variation, value] = first;
  return {
    times: deleteNested(
      state.times,
      [attribute, experiment, phase, variation, value],
      owned,
    ),
    size: state.size - 1,
    order: dequeue(state.order, owned),
  };
}

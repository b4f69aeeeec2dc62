import type { Checkpoint } from "../../../../log/port/checkpoint.ts";
import { redeliveryLane, wholeLog } from "../../../../log/port/consumer_key.ts";
import type { ConsumerState } from "../../../../log/port/event_store.ts";

/** A lane of a consumer, as a store lists it. */
export interface SurveyedLane<Consumer> {
  /** Whose lane it is. */
  readonly consumer: Consumer;
  /** The id of the lane. */
  readonly lane: string;
  /** What of it is settled. */
  readonly checkpoint: Checkpoint;
  /** Whether nobody has it. */
  readonly isFree: boolean;
}

/** What a store says of the lanes of some consumers. */
export interface LaneSurvey<Consumer> {
  /** Those that there are, in the store's order. */
  readonly lanes: readonly SurveyedLane<Consumer>[];
  /** Those that were asked about and are gone: all that was in them is settled. */
  readonly gone: readonly Pick<SurveyedLane<Consumer>, "consumer" | "lane">[];
}

/**
 * Draws from what a store lists what there is to do for some consumers. The whole log and the lane of
 * parked events have owners of their own, and are left out. `lost` gives the lanes of a consumer that
 * another client has taken over. Pure.
 *
 * @example
 * ```ts
 * import { surveyLanes } from "./survey_lanes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const mine = { name: "mine" };
 * const checkpoint = { position: 0, unsettled: [] };
 * const listed = [{ name: "mine", lane: "a", owner: null, checkpoint }];
 * const { lanes, gone } = surveyLanes(listed, [mine], () => ["a", "b"]);
 * assertEquals(lanes, [{ consumer: mine, lane: "a", checkpoint, isFree: true }]);
 * assertEquals(gone, [{ consumer: mine, lane: "b" }]);
 * ```
 */
export function surveyLanes<Consumer extends { readonly name: string }>(
  states: readonly Pick<
    ConsumerState,
    "name" | "lane" | "owner" | "checkpoint"
  >[],
  consumers: readonly Consumer[],
  lost: (consumer: Consumer) => readonly string[],
): LaneSurvey<Consumer> {
  const lanes = states.flatMap(({ name, lane, owner, checkpoint }) => {
    const consumer = consumers.find((each) => each.name === name);
    return consumer === undefined || lane === wholeLog ||
        lane === redeliveryLane
      ? []
      : [{ consumer, lane, checkpoint, isFree: owner === null }];
  });
  const gone = consumers.flatMap((consumer) =>
    lost(consumer)
      .filter((lane) =>
        !lanes.some((each) => each.consumer === consumer && each.lane === lane)
      )
      .map((lane) => ({ consumer, lane }))
  );
  return { lanes, gone };
}

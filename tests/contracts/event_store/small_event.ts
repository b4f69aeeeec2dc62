import { ok as assert } from "node:assert/strict";
import type {
  NewEvent,
  RecordedEvent,
} from "../../../core/events/types/recorded_event.ts";

/** Makes the small event number `index`, always the same. */
export function smallEvent(index: number): NewEvent {
  return {
    id: idOf(index),
    time: 1_750_000_000_000 + index,
    type: "custom",
    version: 1,
    data: { name: "clicked", properties: { index } },
  };
}

/** Makes the exposure number `index`, with the data that is named. */
export function exposure(index: number, data: object = {}): NewEvent {
  return {
    id: idOf(index),
    time: 1_750_000_000_000 + index,
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: "cta",
      variationId: 1,
      variationKey: "1",
      hashAttribute: "id",
      hashValue: "7",
      featureId: "cta",
      ruleId: "",
      askedFeatureId: "cta",
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
      ...data,
    },
  };
}

function idOf(index: number): string {
  return `0198c0de-0000-7000-8000-${String(index).padStart(12, "0")}`;
}

/** Gives an event without its position. */
export function withoutPosition(
  { position: _, ...rest }: RecordedEvent,
): NewEvent {
  return rest;
}

/** Gives the position of an event. */
export function positionOf({ position }: RecordedEvent): number {
  return position;
}

/** Asserts that each number is larger than the one before it. */
export function assertRising(numbers: readonly number[]): void {
  for (let index = 1; index < numbers.length; index++) {
    const [one, other] = [numbers[index - 1]!, numbers[index]!];
    assert(
      Number.isInteger(other) && one < other,
      `${one} is not before ${other}`,
    );
  }
}

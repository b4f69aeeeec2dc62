import type { NewEvent } from "../../../../core/events/types/recorded_event.ts";

/** When the sample events happened. */
const sampleTime: number = Date.parse("2026-03-04T05:06:07.089Z");

/** An exposure of the user 7, the same for each index but for its id and time. */
export function sampleExposure(
  index: number = 0,
  time: number = sampleTime,
): NewEvent {
  return {
    id: idOf(index),
    time: time + index,
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: "checkout",
      variationId: 1,
      variationKey: "v1",
      hashAttribute: "id",
      hashValue: "7",
      featureId: "cta",
      ruleId: "r1",
      askedFeatureId: "cta",
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
      experimentName: "Checkout",
      variationName: "Blue",
    },
    user: { level: "identity", attributes: { id: "7" } },
  };
}

/** A custom event of the user 7. */
export function sampleCustom(
  index: number = 1,
  time: number = sampleTime,
): NewEvent {
  return {
    id: idOf(index),
    time: time + index,
    type: "custom",
    version: 1,
    data: { name: "Order Placed", properties: { total: 9.5, currency: "€" } },
    user: { level: "identity", attributes: { id: "7" } },
  };
}

function idOf(index: number): string {
  return `0198c0de-0000-7000-8000-${String(index).padStart(12, "0")}`;
}

import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { ExperimentViewedData } from "../../../core/events/types/tracking_event.ts";
import type { ExposureIdentity } from "../../log/exposure_window.ts";

/** Gives what tells the exposure of an event from others; null for an event that is none. */
export function exposureOf(event: NewEvent): ExposureIdentity | null {
  if (event.type !== "experiment.viewed") return null;
  const { hashAttribute, hashValue, experimentKey, variationId } = event
    .data as NewEvent<string, object>["data"] as ExperimentViewedData;
  return [hashAttribute, hashValue, experimentKey, String(variationId)];
}

import { redeliveryLane } from "./consumer_key.ts";

/**
 * Checks the lane that events are appended with. Throws a `TypeError` where it is no text, and a
 * `RangeError` for one that is empty, longer than 64 characters, or `redeliveryLane`.
 */
export function checkLane(lane: string | undefined): void {
  if (lane === undefined) return;
  if (typeof lane !== "string") {
    throw new TypeError(
      `Cannot append events: the current lane is of type ${typeof lane}`,
    );
  }
  if (lane === "" || lane.length > 64 || lane === redeliveryLane) {
    throw new RangeError(
      `Cannot append events: the current lane is ${JSON.stringify(lane)}`,
    );
  }
}

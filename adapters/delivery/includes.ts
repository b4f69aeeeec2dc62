import { refusePromise } from "../support/promises/refuse_promise.ts";
import type { Sink, SinkEvent } from "./sink.ts";

/** Tells whether a sink wants an event of its types. Where its `include` throws, it does not; that is reported. */
export function includes(
  { include }: Sink,
  event: SinkEvent,
  report: (error: unknown) => void,
): boolean {
  if (include === undefined) return true;
  try {
    const isWanted = include(event);
    refusePromise("include", isWanted);
    return isWanted === true;
  } catch (error) {
    report(error);
    return false;
  }
}

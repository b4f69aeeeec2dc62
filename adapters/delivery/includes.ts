import type { Sink, SinkEvent } from "./sink.ts";

/** Tells whether a sink wants an event of its types. Where its `include` throws, it does not; that is reported. */
export function includes(
  { include }: Sink,
  event: SinkEvent,
  report: (error: unknown) => void,
): boolean {
  if (include === undefined) return true;
  try {
    return include(event) === true;
  } catch (error) {
    report(error);
    return false;
  }
}

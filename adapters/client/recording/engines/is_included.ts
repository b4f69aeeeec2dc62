import type { ClientConsumer } from "../consumers/client_consumer.ts";
import type { Entry, EventMaker } from "../entry.ts";

/** Tells whether a consumer wants an entry of its types, and counts one that it does not want. */
export function isIncluded(
  { sink, includes, counts }: ClientConsumer,
  entry: Entry,
  { eventOf }: EventMaker,
): boolean {
  // The event is made for those that may look at it.
  if (sink?.include === undefined || includes(eventOf(entry))) return true;
  counts.recorded--;
  counts.unwanted++;
  return false;
}

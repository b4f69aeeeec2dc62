import { stickyDocumentKey } from "../../core/sticky/sticky_document_key.ts";
import { evolveStickyBuckets } from "../../core/sticky/evolve_sticky_buckets.ts";
import { parseEvent } from "../../core/events/parse_event.ts";
import type { StickyAssignmentDocument } from "../../core/types/sticky_bucket.ts";
import type { EventStore } from "../log/event_store.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";

/**
 * Draws sticky buckets from a log: they are the fold of its `sticky-bucket.assigned` events, which a
 * client with the same store records anyway. So nothing is saved here a second time.
 *
 * The log is read from its beginning at the first `load`, and from there on at later ones. What was
 * pruned from it is gone. It keeps the documents of all users in memory.
 */
export function fromLog(store: Pick<EventStore, "read">): StickyBucketStore {
  const documents = new Map<string, StickyAssignmentDocument>();
  let position = 0;
  let reading: Promise<void> = Promise.resolve();

  const add = (document: StickyAssignmentDocument) => {
    const { attributeName, attributeValue } = document;
    const key = stickyDocumentKey(attributeName, attributeValue);
    const known = documents.get(key);
    const united = evolveStickyBuckets(
      known === undefined ? {} : { [key]: known },
      document,
    );
    documents.set(key, united[key]!);
  };
  const catchUp = async () => {
    for (;;) {
      const events = await store.read(position);
      if (events.length === 0) return;
      for (const recorded of events) {
        const { event } = parseEvent(recorded);
        if (event?.type === "sticky-bucket.assigned") add(event.data);
      }
      position = events[events.length - 1]!.position;
    }
  };
  return {
    load: async (names) => {
      await (reading = reading.then(catchUp, catchUp));
      const keys = names.map(({ attributeName, attributeValue }) =>
        stickyDocumentKey(attributeName, attributeValue)
      );
      return Object.fromEntries(
        keys.filter((key) => documents.has(key))
          .map((key) => [key, documents.get(key)!]),
      );
    },
    save: () => {},
  };
}

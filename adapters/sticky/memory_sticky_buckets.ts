import { checkOptions } from "../support/check_options.ts";
import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import { textDocuments } from "./text_documents.ts";

/** The bounds of a store in memory. */
export interface MemoryStickyBucketsOptions {
  /** The most documents that it keeps, one for each user as a rule; 100,000 by default. */
  readonly capacity?: number;
}

/**
 * Keeps sticky buckets in memory, for as long as the process lives: for tests, and for servers that
 * can afford to lose them. Where there are too many documents, the one goes that was neither loaded
 * nor saved for longest; its user is bucketed by hash again. Throws a `TypeError` or `RangeError` for an option
 * that can't be used.
 *
 * @example
 * ```ts
 * import { memoryStickyBuckets } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memoryStickyBuckets();
 * const name = { attributeName: "id", attributeValue: "7" };
 * await store.save({ ...name, assignments: { button__0: "blue" } });
 * await store.save({ ...name, assignments: { price__0: "low" } });
 * const documents = await store.load([name]);
 * assertEquals(documents["id||7"]?.assignments, { button__0: "blue", price__0: "low" });
 * ```
 */
export function memoryStickyBuckets(
  options: MemoryStickyBucketsOptions = {},
): StickyBucketStore {
  checkOptions("keep sticky buckets in memory", options, {
    capacity: "amount",
  });
  const { capacity = 100_000 } = options;
  // In the order of their last use, the oldest first.
  const texts = new Map<string, string>();
  const put = (key: string, text: string) => {
    texts.delete(key);
    texts.set(key, text);
  };
  return textDocuments({
    read: (key) => {
      const text = texts.get(key);
      if (text === undefined) return [];
      put(key, text);
      return [text];
    },
    write: (key, text) => {
      put(key, text);
      for (const oldest of texts.keys()) {
        if (texts.size <= capacity) break;
        texts.delete(oldest);
      }
    },
    remove: (key) => {
      texts.delete(key);
    },
  });
}

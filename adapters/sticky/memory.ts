import type { StickyBucketStore } from "./sticky_bucket_store.ts";
import { textDocuments } from "./text_documents.ts";

/**
 * Keeps sticky buckets in memory, for as long as the process lives: for tests, and for servers that
 * can afford to lose them. It keeps each user it ever saw.
 *
 * @example
 * ```ts
 * import { memory } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 *
 * const store = memory();
 * const name = { attributeName: "id", attributeValue: "7" };
 * await store.save({ ...name, assignments: { button__0: "blue" } });
 * await store.save({ ...name, assignments: { price__0: "low" } });
 * const documents = await store.load([name]);
 * assertEquals(documents["id||7"]?.assignments, { button__0: "blue", price__0: "low" });
 * ```
 */
export function memory(): StickyBucketStore {
  const texts = new Map<string, string>();
  return textDocuments({
    read: (key) => texts.get(key),
    write: (key, text) => void texts.set(key, text),
  });
}

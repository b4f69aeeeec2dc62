import { assertEquals } from "@std/assert";
import { memoryStickyBuckets } from "../../../adapters/sticky/memory_sticky_buckets.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";

Deno.test("memory() lets go of what was not used for longest", async () => {
  const store = memoryStickyBuckets({ capacity: 2 });
  await store.save(documentOf("1", { a__0: "1" }));
  await store.save(documentOf("2", { a__0: "1" }));
  await store.load([nameOf("1")]);
  await store.save(documentOf("3", { a__0: "1" }));
  const documents = await store.load(["1", "2", "3"].map(nameOf));
  assertEquals(Object.keys(documents), ["id||1", "id||3"]);
});

Deno.test("memory() answers at once", () => {
  assertEquals(memoryStickyBuckets().load([nameOf("7")]), {});
});

Deno.test("memory() shares nothing with another one", async () => {
  await memoryStickyBuckets().save(documentOf("7", { a__0: "1" }));
  assertEquals(await memoryStickyBuckets().load([nameOf("7")]), {});
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { StickyBucketStore } from "../../adapters/sticky/sticky_bucket_store.ts";
import {
  evolveStickyBuckets,
  type StickyAssignmentDocument,
  type StickyAssignmentDocuments,
} from "../../mod.ts";
import { hostileNames } from "../arbitraries/names.ts";
import { runs } from "../support/runs.ts";
import { documentOf, nameOf } from "../support/sticky_documents.ts";

const arbitraryText = fc.oneof(
  fc.constantFrom(...hostileNames, "7", "ana@example.com", "a||b", "+49 1 (2)"),
  fc.constantFrom('é\u{1f600};=,"\\', "%7B", "100%", " a ", "{}", "a\nb"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
);

const arbitraryDocument: fc.Arbitrary<StickyAssignmentDocument> = fc.record({
  attributeName: fc.constantFrom("id", "device id", "__proto__", "a|b"),
  attributeValue: arbitraryText,
  assignments: fc.dictionary(arbitraryText, arbitraryText, { maxKeys: 3 }),
}, { noNullPrototype: true });

/** Registers tests of what every store of sticky buckets does; `open` makes an empty one. */
export function testStickyBucketStore(
  name: string,
  open: () => StickyBucketStore,
): void {
  Deno.test(`${name} has no document before one is saved`, async () => {
    assertEquals(await open().load([nameOf("7")]), {});
    assertEquals(await open().load([]), {});
  });

  Deno.test(`${name} gives the documents that it is asked for, and no others`, async () => {
    const store = open();
    await store.save(documentOf("7", { button__0: "blue" }));
    await store.save(documentOf("8", { button__0: "red" }));
    assertEquals(await store.load([nameOf("7"), nameOf("9")]), {
      "id||7": documentOf("7", { button__0: "blue" }),
    });
  });

  Deno.test(`${name} unites what is saved at the same time`, async () => {
    const store = open();
    await Promise.all([
      store.save(documentOf("7", { button__0: "blue" })),
      store.save(documentOf("7", { price__0: "low" })),
      store.save(documentOf("7", { button__0: "red" })),
    ]);
    const documents = await store.load([nameOf("7")]);
    assertEquals(documents["id||7"]?.assignments, {
      button__0: "red",
      price__0: "low",
    });
  });

  Deno.test(`${name} erases the document of one user, and no other`, async () => {
    const store = open();
    await store.save(documentOf("7", { button__0: "blue" }));
    await store.save(documentOf("8", { button__0: "red" }));
    await store.erase!(nameOf("7"));
    await store.erase!(nameOf("9"));
    assertEquals(Object.keys(await store.load([nameOf("7"), nameOf("8")])), [
      "id||8",
    ]);
    await store.save(documentOf("7", { price__0: "low" }));
    const documents = await store.load([nameOf("7")]);
    assertEquals(documents["id||7"]?.assignments, { price__0: "low" });
  });

  Deno.test(`${name} always gives the union of all that was saved, whatever it is called`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDocument, { maxLength: 8 }),
        async (documents) => {
          const store = open();
          for (const document of documents) await store.save(document);
          const expected = documents.reduce<StickyAssignmentDocuments>(
            evolveStickyBuckets,
            {},
          );
          assertEquals(
            canonical(await store.load(documents)),
            canonical(expected),
          );
        },
      ),
      runs(200),
    );
  });
}

/** The same for documents that differ in the order of keys or in prototypes alone. */
function canonical(documents: StickyAssignmentDocuments): readonly unknown[] {
  return Object.entries(documents).map(([key, document]) => [
    key,
    document.attributeName,
    document.attributeValue,
    Object.entries(document.assignments).toSorted(),
  ]).toSorted();
}

import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import {
  evolveStickyBuckets,
  type StickyAssignmentDocument,
  type StickyAssignmentDocuments,
} from "../../mod.ts";
import { testLaw } from "../support/test_law.ts";

// A document is kept under `name||value`, so names have no bars in them.
const arbitraryDocument: fc.Arbitrary<StickyAssignmentDocument> = fc.record({
  attributeName: fc.constantFrom("id", "companyId", ""),
  attributeValue: fc.constantFrom("1", "2", "a||b", ""),
  assignments: fc.dictionary(
    fc.oneof(
      fc.constantFrom("hero__0", "cart__1"),
      fc.string({ maxLength: 3 }),
    ),
    fc.constantFrom("0", "1", "control"),
    { maxKeys: 4, noNullPrototype: true },
  ),
}, { noNullPrototype: true });

const arbitraryDocuments = fc.array(arbitraryDocument, { maxLength: 5 })
  .map((documents) => documents.reduce(evolveStickyBuckets, {}));

testLaw(
  "evolveStickyBuckets() changes nothing when it is repeated: idempotent",
  1000,
  [arbitraryDocuments, arbitraryDocument],
  (documents, document) => {
    const once = evolveStickyBuckets(documents, document);
    assertStrictEquals(evolveStickyBuckets(once, document), once);
    assertEquals(unite(once, once), once);
  },
);

testLaw(
  "evolveStickyBuckets() unites three records in any grouping: associative",
  1000,
  [arbitraryDocuments, arbitraryDocuments, arbitraryDocuments],
  (one, two, three) => {
    assertEquals(unite(unite(one, two), three), unite(one, unite(two, three)));
  },
);

testLaw(
  "evolveStickyBuckets() unites two records in any order, unless they contradict: commutative",
  1000,
  [arbitraryDocuments, arbitraryDocuments],
  (one, other) => {
    const both = unite(one, other);
    const turned = unite(other, one);
    const contradict = Object.keys(both).some((key) => {
      const [left, right] = [one[key]?.assignments, other[key]?.assignments];
      return Object.keys(left ?? {}).some((name) =>
        Object.hasOwn(right ?? {}, name) && left![name] !== right![name]
      );
    });
    if (!contradict) assertEquals(both, turned);
  },
);

testLaw(
  "evolveStickyBuckets() never loses an assignment, and the one that is added last stays",
  1000,
  [arbitraryDocuments, arbitraryDocument],
  (documents, document) => {
    const evolved = evolveStickyBuckets(documents, document);
    const key = `${document.attributeName}||${document.attributeValue}`;
    assertEquals(evolved, {
      ...documents,
      [key]: {
        ...document,
        assignments: {
          ...documents[key]?.assignments,
          ...document.assignments,
        },
      },
    });
  },
);

function unite(
  one: StickyAssignmentDocuments,
  other: StickyAssignmentDocuments,
): StickyAssignmentDocuments {
  return Object.values(other).reduce(evolveStickyBuckets, one);
}

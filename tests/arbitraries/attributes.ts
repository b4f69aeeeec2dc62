import fc from "fast-check";
import type { Attributes } from "../../core/types/attributes.ts";
import { attributeNames, hostileNames, oddNames } from "./names.ts";
import { arbitraryJson, arbitraryPrimitive } from "./values.ts";

const plainNames = attributeNames.filter((name) => !name.includes("."));

/** The values of attributes that decide buckets: mostly a few users, so that they come back. */
const arbitraryHashValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40).map(String) },
  { weight: 2, arbitrary: fc.nat(40) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: "binary" }) },
  { weight: 1, arbitrary: arbitraryJson },
);

/** The attributes of a user: mostly a few plain ones, now and then hostile names. */
export const arbitraryAttributes: fc.Arbitrary<Attributes> = makeAttributes(
  hostileNames,
);

/** The same without the names that objects inherit. */
export const arbitraryPlainAttributes: fc.Arbitrary<Attributes> =
  makeAttributes(oddNames);

function makeAttributes(
  rareNames: readonly string[],
): fc.Arbitrary<Attributes> {
  return fc.tuple(
    fc.dictionary(fc.constantFrom(...plainNames), arbitraryJson, {
      maxKeys: 6,
      noNullPrototype: true,
    }),
    fc.record({
      id: arbitraryHashValue,
      companyId: arbitraryHashValue,
      anonymousId: arbitraryHashValue,
      "nested.deep": arbitraryHashValue,
      country: fc.constantFrom("fr", "de", "FR"),
      tags: fc.array(arbitraryPrimitive, { maxLength: 4 }),
      nested: fc.record({ deep: arbitraryJson }, { noNullPrototype: true }),
    }, { requiredKeys: [], noNullPrototype: true }),
    fc.option(
      fc.dictionary(fc.constantFrom(...rareNames), arbitraryPrimitive, {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      { nil: {}, freq: 6 },
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.nat(40).map((id) => ({ id: String(id) })) },
      { weight: 1, arbitrary: fc.constant({}) },
    ),
  ).map(([some, common, rare, id]) => ({ ...some, ...common, ...rare, ...id }));
}

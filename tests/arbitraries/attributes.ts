import fc from "fast-check";
import type { Attributes } from "../../core/types/attributes.ts";
import { attributeNames, hostileNames } from "./names.ts";
import { arbitraryJson, arbitraryPrimitive } from "./values.ts";

const plainNames = attributeNames.filter((name) => !name.includes("."));

/** The attributes of a user: mostly a few plain ones, now and then hostile names. */
export const arbitraryAttributes: fc.Arbitrary<Attributes> = fc.tuple(
  fc.dictionary(fc.constantFrom(...plainNames), arbitraryJson, {
    maxKeys: 6,
    noNullPrototype: true,
  }),
  fc.record({
    id: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.nat(100_000),
      arbitraryPrimitive,
    ),
    tags: fc.array(arbitraryPrimitive, { maxLength: 4 }),
    nested: fc.record({ deep: arbitraryJson }, { noNullPrototype: true }),
  }, { requiredKeys: [], noNullPrototype: true }),
  fc.option(
    fc.dictionary(fc.constantFrom(...hostileNames), arbitraryPrimitive, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    { nil: {}, freq: 6 },
  ),
).map(([some, common, hostile]) => ({ ...some, ...common, ...hostile }));

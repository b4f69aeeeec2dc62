import fc from "fast-check";

/** Names that collide with what JavaScript objects inherit, or are easily lost on the way. */
export const hostileNames: readonly string[] = [
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "valueOf",
  "length",
  "",
  " ",
  "a.b",
  "$eq",
  "$or",
  "0",
  "null",
  "undefined",
  "\ud800",
];

/** The names of attributes that conditions and users draw from, so that they meet. */
export const attributeNames: readonly string[] = [
  "id",
  "country",
  "plan",
  "age",
  "tags",
  "version",
  "nested",
  "nested.deep",
  "nested.deep.deeper",
  "tags.0",
  "companyId",
];

/** An attribute name or path: mostly one of a few, so that conditions and users meet. */
export const arbitraryAttributeName: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...attributeNames) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
);

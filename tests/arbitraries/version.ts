import fc from "fast-check";
import { arbitraryHostileValue } from "./hostile/hostile_values.ts";

const arbitraryPart = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("0", "1", "2", "9", "10") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("rc", "beta", "", "~", " ", "00001"),
  },
  { weight: 1, arbitrary: fc.nat(999_999).map(String) },
  { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
);

/** A version, mostly one that is close to others. */
export const arbitraryVersion: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom("", "", "", "v"),
  fc.array(arbitraryPart, { minLength: 1, maxLength: 5 }),
  fc.array(fc.constantFrom(".", ".", ".", "-"), { minLength: 4, maxLength: 4 }),
  fc.constantFrom("", "", "", "+", "+build.1"),
).map(([prefix, [first, ...rest], separators, build]) =>
  prefix + first +
  rest.map((part, index) => separators[index]! + part).join("") + build
);

/** Whatever may stand where a version should: versions, numbers, texts and anything else. */
export const arbitraryVersionLike: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: arbitraryVersion },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: arbitraryHostileValue },
);

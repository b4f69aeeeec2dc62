import fc from "fast-check";
import type { JsonValue } from "../../core/types/json.ts";

/** Strings that mean something to some comparison. */
const tellingStrings = [
  "",
  "a",
  "A",
  "b",
  "fr",
  "FR",
  "null",
  "undefined",
  "0",
  "1",
  "5",
  "5.0",
  " 5 ",
  "true",
  "false",
  "[object Object]",
  "NaN",
  "1.2.3",
  "v1.2.3",
  "1.2.3-rc.1",
  "1.2.3+build",
  "1.2",
  "10.0.0",
  "\ud800",
  "é",
  "İ",
  "ß",
];

const tellingNumbers = [
  0,
  -0,
  1,
  2,
  3,
  5,
  -1,
  0.5,
  1.5,
  1e21,
  -1e21,
  2 ** 53,
  1e-7,
];

/** A JSON value that is no container, mostly one of a few, so that two of them often agree. */
export const arbitraryPrimitive: fc.Arbitrary<
  string | number | boolean | null
> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...tellingStrings) },
  { weight: 6, arbitrary: fc.constantFrom(...tellingNumbers) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.integer({ min: -10, max: 10 }) },
);

/** Any small JSON value. */
export const arbitraryJson: fc.Arbitrary<JsonValue> =
  fc.letrec<{ value: JsonValue }>(
    (tie) => ({
      value: fc.oneof(
        { depthSize: "small", maxDepth: 3 },
        { weight: 6, arbitrary: arbitraryPrimitive },
        { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
        {
          weight: 1,
          arbitrary: fc.dictionary(
            fc.constantFrom("deep", "deeper", "k", "x", "id", "length"),
            tie("value"),
            { maxKeys: 3, noNullPrototype: true },
          ),
        },
      ),
    }),
  ).value;

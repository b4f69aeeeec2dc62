import fc from "fast-check";

/** Any text, made of any code units: lone surrogates and NUL among them. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) =>
    String.fromCharCode(...units)
  ),
);

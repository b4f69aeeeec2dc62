import fc from "fast-check";

const absent: unique symbol = Symbol("absent");

/** A field of an object: its value, or the sign that the object doesn't have it. */
export type Field<Value> = fc.Arbitrary<Value | typeof absent>;

/** A field that two in three objects have. */
export function often<Value>(value: fc.Arbitrary<Value>): Field<Value> {
  return present(value, 2, 1);
}

/** A field that one object in three has. */
export function sometimes<Value>(value: fc.Arbitrary<Value>): Field<Value> {
  return present(value, 1, 2);
}

/** A field that one object in ten has. */
export function rarely<Value>(value: fc.Arbitrary<Value>): Field<Value> {
  return present(value, 1, 9);
}

/**
 * An object that has each of its fields as often as the field says. Definitions have dozens of
 * fields, each of which may exclude a user: with half of them present nobody would get anywhere.
 */
export function sparse<Fields extends object>(
  fields: { readonly [Name in keyof Fields]: Field<NonNullable<Fields[Name]>> },
): fc.Arbitrary<Fields> {
  return fc.record(
    fields as { readonly [name: string]: fc.Arbitrary<unknown> },
    { noNullPrototype: true },
  ).map((record) => {
    const entries = Object.entries(record);
    const kept = entries.filter(([, value]) => value !== absent);
    return Object.fromEntries(kept) as Fields;
  });
}

function present<Value>(
  value: fc.Arbitrary<Value>,
  there: number,
  missing: number,
): Field<Value> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: missing, arbitrary: fc.constant(absent) },
    { weight: there, arbitrary: value },
  ) as Field<Value>;
}

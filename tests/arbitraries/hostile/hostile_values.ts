import fc from "fast-check";

const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

function refuse(): never {
  throw new Error("hostile on purpose");
}

// fast-check asks values for symbols of its own.
function refuseNames(target: object, name: PropertyKey): unknown {
  if (typeof name !== "symbol") refuse();
  return name === fc.toStringMethod ? Reflect.get(target, name) : undefined;
}

/** Objects that throw or lie, made anew for each use. */
const hostileObjects: readonly (() => unknown)[] = [
  () => ({ toString: refuse, valueOf: refuse, toJSON: refuse }),
  () => ({ [Symbol.toPrimitive]: refuse }),
  () => ({ toString: () => ({}), valueOf: () => ({}) }),
  () => Object.defineProperty({}, "id", { get: refuse, enumerable: true }),
  () => Object.defineProperty([1], "0", { get: refuse, enumerable: true }),
  () => new Proxy({}, { get: refuseNames, ownKeys: refuse }),
  () => new Proxy({}, { getOwnPropertyDescriptor: refuse }),
  () => new Proxy([], { get: refuseNames }),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return { id: proxy, $in: [proxy], 0: proxy };
  },
  () => {
    let deep: unknown = {};
    for (let level = 0; level < 20_000; level++) deep = { $not: deep };
    return deep;
  },
  () => Object.create({ $or: null, id: "inherited" }),
  () => new Date(NaN),
  () => refuse,
  () => Symbol("hostile"),
  () => 10n,
];

// These are rare: the JSON text of a cycle takes V8 some 30 ms to refuse.
const cycles: readonly (() => unknown)[] = [
  () => {
    const cycle: Record<string, unknown> = {};
    return Object.assign(cycle, { nested: cycle });
  },
  () => {
    const cycle: Record<string, unknown> = {};
    return Object.assign(cycle, { $not: cycle });
  },
  () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    return cycle;
  },
];

/** Any value of the language, also such as JSON can't have, and objects that throw when read. */
export const arbitraryHostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 120, arbitrary: anything },
  { weight: 80, arbitrary: made(hostileObjects) },
  { weight: 1, arbitrary: made(cycles) },
);

/** A record of hostile values under the given names and any others. */
export function hostileRecord(
  name: fc.Arbitrary<string>,
): fc.Arbitrary<{ readonly [name: string]: unknown }> {
  return fc.dictionary(name, arbitraryHostileValue, { maxKeys: 5 });
}

function made(makers: readonly (() => unknown)[]): fc.Arbitrary<unknown> {
  return fc.constantFrom(...makers).map((make) => printable(make(), make));
}

/**
 * Lets fast-check print what throws when it is read, or has no end: by how it is made. Without
 * that, a counterexample with it in it is never seen.
 */
function printable(value: unknown, make: () => unknown): unknown {
  const isObject = typeof value === "object" || typeof value === "function";
  if (!isObject || value === null) return value;
  return Object.defineProperty(value, fc.toStringMethod, {
    value: () => `(${make})()`,
    configurable: true,
  });
}

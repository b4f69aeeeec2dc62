import fc from "fast-check";
import { hostileNames } from "../names.ts";

/** Makes a value. What throws when it is looked at can't be generated itself. */
export type Maker = () => unknown;

const anything: fc.Arbitrary<unknown> = fc.anything({
  maxDepth: 4,
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

/** Names that mean something somewhere in a payload. */
const tellingNames: readonly string[] = [
  ...["status", "error", "features", "savedGroups", "experiments"],
  ...["contextualBandits", "dateUpdated", "encryptedFeatures"],
  ...["rules", "defaultValue", "condition", "force", "variations", "weights"],
  ...["coverage", "ranges", "range", "meta", "filters", "namespace", "tracks"],
  ...["parentConditions", "id", "key", "hashVersion", "contextualBanditRef"],
  ...["contexts", "type", "values", "attributeKey", "urlPatterns", "pattern"],
  ...["urlRedirect", "$or", "$not", "$and", "$savedGroup", "$in", "$regex"],
  ...["$elemMatch", "$all", "$size", "$vgt", "$gt", "$inGroup", "$type", "a"],
];

/** What a proxy may be asked. */
const traps = [
  "get",
  "has",
  "ownKeys",
  "getPrototypeOf",
  "getOwnPropertyDescriptor",
] as const;

const arbitraryHostile: fc.Arbitrary<Maker> = fc.oneof(
  fc.constantFrom<Maker>(
    () => 1n,
    () => Symbol("a"),
    () => () => 1,
    () => new WeakMap(),
    () => new Array(100_000),
    revoked,
    cyclic,
  ),
  fc.constantFrom(...traps).map((trap) => () => throwing(trap)),
);

const arbitraryName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...tellingNames) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
);

/**
 * Makes anything at all, often under the names that a payload has: also what JSON can't hold,
 * proxies and getters that throw, cycles and holes.
 */
export const arbitraryRubbish: fc.Arbitrary<Maker> = fc.letrec<
  { value: Maker }
>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 6 },
    { weight: 3, arbitrary: anything.map((value) => () => value) },
    { weight: 1, arbitrary: arbitraryHostile },
    {
      weight: 2,
      arbitrary: fc.array(tie("value"), { maxLength: 4 })
        .map((items) => () => items.map((make) => make())),
    },
    {
      weight: 8,
      arbitrary: fc.array(fc.tuple(arbitraryName, tie("value")), {
        maxLength: 5,
      }).map((entries) => () =>
        Object.fromEntries(entries.map(([name, make]) => [name, make()]))
      ),
    },
    { weight: 1, arbitrary: tie("value").map((make) => () => moody(make())) },
  ),
})).value;

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): unknown {
  const outer: { inner?: unknown } = {};
  outer.inner = [outer];
  return outer;
}

function throwing(trap: typeof traps[number]): unknown {
  return new Proxy({ a: 1, features: {} }, {
    [trap]() {
      throw new Error("no");
    },
  });
}

/** An object with a property that can be read, and one that can't. */
function moody(value: unknown): unknown {
  return {
    a: value,
    get b() {
      throw new Error("no");
    },
  };
}

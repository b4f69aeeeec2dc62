import { assertThrows } from "@std/assert";
import { fixedSource } from "../../../adapters/client/mod.ts";
import {
  redisSource,
  redisStickyBuckets,
  redisStore,
} from "../../../adapters/redis/mod.ts";

// Nothing is asked of it before the first use.
const client = { call: () => Promise.resolve(null) } as never;
const source = fixedSource({ features: {} });

const makers: Readonly<
  Record<string, readonly [make: (options: object) => unknown, task: string]>
> = {
  redisStore: [
    (options) => redisStore(client, options),
    "keep the event log in Redis",
  ],
  redisSource: [
    (options) => redisSource(client, options && { source, ...options }),
    "create the source",
  ],
  redisStickyBuckets: [
    (options) => redisStickyBuckets(client, options),
    "keep sticky buckets in Redis",
  ],
};

for (const [name, [make, task]] of Object.entries(makers)) {
  Deno.test(`${name}() refuses a name that is no option`, () => {
    make({});
    assertThrows(
      () => make({ Timeout: 1000 }),
      TypeError,
      `Cannot ${task}: there is no option "Timeout"`,
    );
  });

  Deno.test(`${name}() names what is null and must not be`, () => {
    assertThrows(
      () => make(null as never),
      TypeError,
      `Cannot ${task}: options should be an object, the current value is null`,
    );
    assertThrows(
      () => make({ clock: null }),
      TypeError,
      `Cannot ${task}: clock should be a clock, { now, setTimer }, the current value is null`,
    );
  });
}

Deno.test("redisStore() refuses parts of options that can't be meant", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ retention: { maxEvents: 1 } }, 'retention: there is no option "maxEv'],
    [{ replicas: 1 }, "replicas should be an object, the current value is 1"],
    [{ replicas: { counts: 1 } }, 'replicas: there is no option "counts"'],
    [
      { replicas: { count: "1" } },
      "count should be a whole number above 0, the",
    ],
    [
      { replicas: { count: 1.5 } },
      "count should be a whole number above 0, the",
    ],
    [
      { timeout: "50" },
      'timeout should be a number from 1 to 2147483647, the current value is "50"',
    ],
    [{ rememberedIds: Symbol() }, "the current value is a symbol"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(() => redisStore(client, options), Error, message);
  }
});

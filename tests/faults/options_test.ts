import { assertEquals, assertThrows } from "@std/assert";
import {
  growthbookSource,
  type GrowthbookSourceOptions,
} from "../../adapters/growthbook/mod.ts";
import { malformed } from "../support/malformed.ts";

function create(options: object): () => unknown {
  return () =>
    growthbookSource({
      ...malformed<GrowthbookSourceOptions>({ clientKey: "sdk-1", ...options }),
    });
}

Deno.test("growthbookSource() refuses every number that is no time or size", () => {
  const names = ["timeout", "polling", "silence", "maxBytes"];
  const numbers = [
    0,
    -0,
    0.001,
    0.999,
    -1,
    NaN,
    Infinity,
    -Infinity,
    2 ** 31,
    "60000",
    "",
    true,
    10n,
    {},
    [1000],
    Symbol("s"),
  ];
  for (const name of names) {
    for (const number of numbers) {
      assertThrows(create({ [name]: number }), RangeError, name);
    }
  }
  for (const name of ["fresh", "kept"]) {
    for (const number of numbers.filter((number) => number !== 0)) {
      assertThrows(create({ cache: { [name]: number } }), RangeError, name);
    }
  }
});

Deno.test("growthbookSource() takes false for never, and 0 for a cache that keeps nothing", () => {
  create({ polling: false, cache: { fresh: 0, kept: 0 } })();
  create({ cache: false })();
});

Deno.test("growthbookSource() refuses a client key that would lead elsewhere, without quoting it", () => {
  const keys = [
    "",
    ".",
    "..",
    " ",
    " sdk-1",
    "sdk 1",
    "sdk-1\n",
    "sdk-\u0000",
    "sdk-\ud800",
    "\udc00sdk",
    "sdk-\u2028",
    undefined,
    null,
    7,
    {},
    ["sdk-1"],
  ];
  for (const clientKey of keys) {
    const error = assertThrows(create({ clientKey }), TypeError);
    assertEquals(error.message.includes("clientKey"), true);
    if (typeof clientKey === "string" && clientKey.length > 3) {
      assertEquals(error.message.includes(clientKey), false);
    }
  }
});

/** Gives where a source asks. */
async function askedOf(options: object): Promise<string> {
  let asked = "";
  const source = growthbookSource({
    clientKey: "sdk-1",
    polling: false,
    fetch: (input) => {
      asked = String(input);
      return Promise.reject(new Error("no"));
    },
    ...options,
  });
  const subscription = source.subscribe();
  await Promise.resolve();
  subscription.unsubscribe();
  return asked;
}

Deno.test("growthbookSource() reads the address of a host as people write it", async () => {
  const rows = [
    ["https://gb.example", "https://gb.example/api/features/sdk-1"],
    ["  https://gb.example/ ", "https://gb.example/api/features/sdk-1"],
    ["https://gb.example///", "https://gb.example/api/features/sdk-1"],
    ["HTTPS://GB.example:443", "https://gb.example/api/features/sdk-1"],
    ["https://gb.example/a/b/", "https://gb.example/a/b/api/features/sdk-1"],
    ["https://gb.example/a?x=1", "https://gb.example/a/api/features/sdk-1?x=1"],
    ["https://gb.example/#top", "https://gb.example/api/features/sdk-1"],
    ["http://[::1]:3100", "http://[::1]:3100/api/features/sdk-1"],
  ] as const;
  for (const [apiHost, expected] of rows) {
    assertEquals(await askedOf({ apiHost }), expected);
  }
});

Deno.test("growthbookSource() refuses an address that is none, without quoting it", () => {
  const hosts = [
    "",
    " ",
    "gb.example",
    "localhost:3100",
    "ftp://gb.example",
    "javascript:alert(1)",
    "https://",
    "https://user@gb.example",
    "https://:secret@gb.example",
    "https://gb .example",
    "gb/path",
    undefined,
    7,
    {},
  ];
  for (const host of hosts) {
    if (host !== undefined) {
      assertThrows(create({ apiHost: host }), TypeError, "apiHost");
    }
    if (host === undefined) continue;
    assertThrows(create({ streamingHost: host }), TypeError, "streamingHost");
  }
});

Deno.test("growthbookSource() takes a relative address where a page or a fetch of one's own resolves it", async () => {
  assertEquals(await askedOf({ apiHost: "/gb/" }), "/gb/api/features/sdk-1");
  assertThrows(create({ apiHost: "/gb" }), TypeError, "relative");
  const before = Object.getOwnPropertyDescriptor(globalThis, "location");
  Object.defineProperty(globalThis, "location", {
    configurable: true,
    value: { href: "https://shop.example/cart?x=1" },
  });
  try {
    assertEquals(
      await askedOf({ apiHost: "/gb/" }),
      "https://shop.example/gb/api/features/sdk-1",
    );
    assertEquals(
      await askedOf({ apiHost: "//gb.example" }),
      "https://gb.example/api/features/sdk-1",
    );
  } finally {
    if (before === undefined) {
      delete (globalThis as { location?: unknown }).location;
    } else Object.defineProperty(globalThis, "location", before);
  }
});

Deno.test("growthbookSource() goes on waiting between attempts where its random numbers are none", async () => {
  const fail = () => {
    throw new Error("no");
  };
  for (const give of [NaN, Infinity, -1, 1, undefined, fail]) {
    const delays: number[] = [];
    const failed = Promise.withResolvers<void>();
    const source = growthbookSource({
      clientKey: "sdk-1",
      polling: false,
      random: malformed(give === fail ? fail : () => give),
      fetch: () => Promise.reject(new Error("no")),
      clock: {
        now: () => 0,
        setTimer: (_callback, delay) => {
          delays.push(delay);
          return () => {};
        },
      },
    });
    const reports = source.reports$!.subscribe(({ type }) => {
      if (type === "failed") failed.resolve();
    });
    const subscription = source.subscribe();
    await failed.promise;
    assertEquals(delays.at(-1), 750);
    reports.unsubscribe();
    subscription.unsubscribe();
  }
});

Deno.test("growthbookSource() refuses names that are no options, and names a key that is none", () => {
  const clientKey = "sdk-1";
  assertThrows(
    create({ apihost: "https://gb.example" } as never),
    TypeError,
    'Cannot create the source: there is no option "apihost"',
  );
  for (
    const [key, shown] of [[undefined, "undefined"], [7, "7"]] as const
  ) {
    assertThrows(
      () => growthbookSource({ clientKey: key as never }),
      TypeError,
      `clientKey should be a text such as sdk-abc123, without spaces, the current value is ${shown}`,
    );
  }
  assertThrows(
    () => growthbookSource({ clientKey, apiHost: "localhost:3300" }),
    TypeError,
    "apiHost should be a URL of http or https",
  );
});

Deno.test("growthbookSource() refuses options of another kind, and names them", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [
      { streaming: "false" },
      'streaming should be a boolean, the current value is "false"',
    ],
    [
      { remoteEval: 1 },
      "remoteEval should be a boolean, the current value is 1",
    ],
    [{ fetch: null }, "fetch should be a function, the current value is null"],
    // What `import * as fetch` of a package gives.
    [{ fetch: { default: fetch } }, "fetch should be a function, the current"],
    [{ random: 0.5 }, "random should be a function, the current value is 0.5"],
    [{ onCacheError: "log" }, "onCacheError should be a function"],
    [{ clock: null }, "clock.setTimer should be a function"],
    [{ clock: { now: Date.now } }, "clock.setTimer should be a function"],
    [{ cacheKeyAttributes: "id" }, "cacheKeyAttributes should be a list"],
    [{ cache: { freshness: 5 } }, 'there is no option "cache.freshness"'],
    [{ cache: "off" }, 'cache should be an object, the current value is "off"'],
    [{ cache: { store: {} } }, "cache.store.load should be a function"],
    // The function that makes one, which nobody called.
    [{ cache: { store: () => {} } }, "cache.store.load should be a function"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(
      create(options),
      TypeError,
      `Cannot create the source: ${message}`,
    );
  }
  for (const options of [undefined, null, "sdk-1"]) {
    assertThrows(
      () => growthbookSource(options as never),
      TypeError,
      "Cannot create the source: clientKey should be a text",
    );
  }
});

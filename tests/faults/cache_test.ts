import { assertEquals } from "@std/assert";
import { fileCache, type PayloadCache } from "../../adapters/growthbook/mod.ts";
import { give, hang, pushed, pushes, refuse, stream } from "./answers.ts";
import { openSetting } from "./open_setting.ts";

/** A store in memory. */
function memory(): PayloadCache & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    load: (name) => texts.get(name) ?? null,
    save: (name, text) => void texts.set(name, text),
  };
}

/** What a store keeps, whatever the name. */
function kept(
  { texts }: ReturnType<typeof memory>,
): { readonly [name: string]: unknown } {
  return JSON.parse([...texts.values()][0] ?? "null");
}

/** A store that gives one entry under any name. */
function holding(entry: unknown): PayloadCache {
  return {
    load: () => typeof entry === "string" ? entry : JSON.stringify(entry),
    save: () => {},
  };
}

function entry(version: unknown, time: number, more: object = {}) {
  const body = JSON.stringify({
    status: 200,
    features: { version: { defaultValue: version } },
  });
  return {
    format: 1,
    time,
    etag: '"v1"',
    offersStreaming: false,
    body,
    ...more,
  };
}

const noPolling = { polling: false } as const;

Deno.test("growthbookSource() keeps a good answer, with its tag", async () => {
  const store = memory();
  await using setting = openSetting({
    requests: [give(1, { etag: '"v1"' })],
  }, { ...noPolling, cache: { store } });
  await setting.until("0 ok none");
  const { body, etag, time, offersStreaming } = kept(store);
  assertEquals([etag, time, offersStreaming], ['"v1"', 0, false]);
  assertEquals(JSON.parse(String(body)).features.version.defaultValue, 1);
});

Deno.test("growthbookSource() keeps what was pushed, without the tag of what was before", async () => {
  const store = memory();
  await using setting = openSetting({
    requests: [give(1, { ...pushes, etag: '"v1"' })],
    streams: [stream],
  }, { cache: { store } });
  await setting.untilTrue(() =>
    setting.asked.length === 3 &&
    setting.timers().every((delay) => delay > 10_000)
  );
  await setting.streams[0]!.chunk(pushed(2));
  await setting.until("0 payload 2");
  assertEquals([kept(store).etag, kept(store).offersStreaming], [null, true]);
});

Deno.test("growthbookSource() keeps no answer that failed or can't be used", async () => {
  const store = memory();
  await using setting = openSetting({
    requests: [
      refuse(500),
      refuse(200, {}, "{"),
      refuse(200, {}, '{"status":400,"error":"x"}'),
      refuse(200, {}, '{"status":200}'),
    ],
  }, { ...noPolling, cache: { store } });
  for (const delay of [750, 1_500, 3_000]) await setting.pass(delay);
  await setting.until("5250 failed missing-field, again in 6000");
  assertEquals(store.texts.size, 0);
});

Deno.test("growthbookSource() serves what is fresh, and asks nobody", async () => {
  await using setting = openSetting({ requests: [give(2)] }, {
    cache: { store: holding(entry(1, -50_000)) },
  });
  await setting.until("0 ok polling");
  assertEquals(setting.story, ["0 ok polling", "0 payload 1"]);
  await setting.pass(10_000);
  await setting.until("10000 payload 2");
  assertEquals(setting.asked, ['10000 GET "v1"']);
});

Deno.test("growthbookSource() takes what is fresh for current also where it connects again", async () => {
  await using setting = openSetting({
    requests: [give(1, pushes)],
    streams: [stream],
  }, {
    cache: { store: holding(entry(1, -50_000, { offersStreaming: true })) },
  });
  await setting.until("0 ok streaming");
  assertEquals(setting.story.slice(0, 2), ["0 ok polling", "0 payload 1"]);
});

Deno.test("growthbookSource() serves what is stale while it asks whether that is current", async () => {
  await using setting = openSetting({ requests: [refuse(304)] }, {
    ...noPolling,
    cache: { store: holding(entry(1, -3_000_000)) },
  });
  await setting.until("0 ok none");
  assertEquals(setting.story, ["0 cached 3000000", "0 payload 1", "0 ok none"]);
  assertEquals(setting.asked, ['0 GET "v1"']);
});

Deno.test("growthbookSource() goes on serving what is stale while the server is down", async () => {
  await using setting = openSetting({ requests: [refuse(503), give(2)] }, {
    ...noPolling,
    cache: { store: holding(entry(1, -3_000_000)) },
  });
  await setting.pass(750);
  await setting.until("750 ok none");
  assertEquals(setting.story, [
    "0 cached 3000000",
    "0 payload 1",
    "0 failed http-503, again in 750",
    "750 payload 2",
    "750 ok none",
  ]);
});

Deno.test("growthbookSource() connects at once where what is fresh was streamed", async () => {
  await using setting = openSetting({
    requests: [give(2, pushes)],
    streams: [stream],
  }, {
    cache: { store: holding(entry(1, -50_000, { offersStreaming: true })) },
  });
  await setting.until("0 ok streaming");
  assertEquals(setting.asked, ["0 SUB", '0 GET "v1"']);
});

const useless: { readonly [name: string]: unknown } = {
  "too old": entry(1, -14_400_001),
  "from a future": entry(1, 14_400_001),
  "of another format": entry(1, 0, { format: 2 }),
  "without a body": entry(1, 0, { body: undefined }),
  "without a time": entry(1, 0, { time: "now" }),
  "an error": entry(1, 0, { body: '{"status":400,"error":"x"}' }),
  "no payload": entry(1, 0, { body: "{" }),
  "no JSON": "{",
  "null": null,
  "a number": 7,
};

for (const [name, found] of Object.entries(useless)) {
  Deno.test(`growthbookSource() does not serve what was kept and is ${name}`, async () => {
    await using setting = openSetting({ requests: [give(2)] }, {
      ...noPolling,
      cache: { store: holding(found) },
    });
    await setting.until("0 ok none");
    assertEquals(setting.story, ["0 loading", "0 payload 2", "0 ok none"]);
    assertEquals(setting.asked, ["0 GET"]);
  });
}

Deno.test("growthbookSource() does without a store that fails, and tells", async () => {
  const told: string[] = [];
  const store: PayloadCache = {
    load: () => {
      throw new RangeError("secret");
    },
    save: () => Promise.reject(new TypeError("secret")),
  };
  await using setting = openSetting({ requests: [give(1)] }, {
    ...noPolling,
    cache: { store },
    onCacheError: ({ message }) => void told.push(message),
  });
  await setting.until("0 ok none");
  assertEquals(told, [
    "Cannot read the kept payload: the store failed (RangeError)",
    "Cannot write the kept payload: the store failed (TypeError)",
  ]);
});

Deno.test("growthbookSource() waits a second for a store that hangs", async () => {
  await using setting = openSetting({ requests: [give(1)] }, {
    ...noPolling,
    cache: { store: { load: () => new Promise(() => {}), save: () => {} } },
  });
  await setting.pass(1_000);
  await setting.until("1000 ok none");
});

/** A store that gives one entry once it is told to. */
function slow(entry: unknown) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const store: PayloadCache = { load: () => promise, save: () => {} };
  return { store, answer: () => resolve(JSON.stringify(entry)) };
}

Deno.test("growthbookSource() keeps what a caller had asked for where the store answers after that", async () => {
  const { store, answer } = slow(entry(1, -100_000));
  await using setting = openSetting({ requests: [give(2), give(3)] }, {
    ...noPolling,
    cache: { store },
  });
  await setting.source.refresh!();
  answer();
  await setting.source.refresh!();
  assertEquals(setting.story, ["0 payload 2", "0 ok none", "0 payload 3"]);
});

Deno.test("growthbookSource() takes the answer that a caller had asked for before the store answered", async () => {
  const { store, answer } = slow(entry(1, 0));
  const { promise, resolve } = Promise.withResolvers<void>();
  await using setting = openSetting({
    requests: [async (exchange) => {
      await promise;
      await give(2)(exchange);
    }],
  }, { ...noPolling, cache: { store } });
  const refreshed = setting.source.refresh!();
  await setting.untilTrue(() => setting.asked.length === 1);
  answer();
  await setting.until("0 payload 1");
  resolve();
  await refreshed;
  assertEquals(setting.story, ["0 ok none", "0 payload 1", "0 payload 2"]);
  assertEquals(setting.asked, ["0 GET"]);
});

Deno.test("growthbookSource() remembers its payload while nobody is subscribed", async () => {
  await using setting = openSetting({
    requests: [give(1, { etag: '"v1"' }), hang],
  }, noPolling);
  await setting.until("0 ok none");
  setting.unsubscribe();
  const seen: unknown[] = [];
  setting.source.subscribe(({ features }) =>
    seen.push(features.version?.defaultValue)
  )
    .unsubscribe();
  assertEquals(seen, [1]);
  assertEquals(setting.asked, ["0 GET"]);
});

Deno.test("growthbookSource() remembers nothing where it is not to", async () => {
  await using setting = openSetting({ requests: [give(1)] }, {
    ...noPolling,
    cache: false,
  });
  await setting.until("0 ok none");
  setting.unsubscribe();
  const seen: unknown[] = [];
  setting.source.subscribe((payload) => seen.push(payload)).unsubscribe();
  assertEquals(seen, []);
});

Deno.test("fileCache() gives a source its payload back after a restart", async () => {
  const folder = await Deno.makeTempDir();
  const store = fileCache(`${folder}/payload.json`);
  {
    await using setting = openSetting(
      { requests: [give(1, { etag: '"v1"' })] },
      {
        ...noPolling,
        cache: { store },
        apiHost: "http://127.0.0.1:9",
        fetch: () =>
          Promise.resolve(
            Response.json({
              features: { version: { defaultValue: 1 } },
              status: 200,
            }),
          ),
      },
    );
    await setting.until("0 ok none");
    while (
      [...Deno.readDirSync(folder)].every(({ name }) => name !== "payload.json")
    ) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  await using setting = openSetting({ requests: [hang] }, {
    ...noPolling,
    cache: { store },
    apiHost: "http://127.0.0.1:9",
    fetch: () => new Promise(() => {}),
  });
  await setting.until("0 payload 1");
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
    "payload.json",
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fileCache() gives nothing of another source's", async () => {
  const folder = await Deno.makeTempDir();
  const cache = fileCache(`${folder}/payload.json`);
  await cache.save("one", "text");
  assertEquals([await cache.load("one"), await cache.load("other")], [
    "text",
    null,
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fileCache() leaves no draft where it can't write", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/payload.json`);
  const cache = fileCache(`${folder}/payload.json`);
  const failed = await Promise.resolve(cache.save("one", "text")).then(
    () => false,
    () => true,
  );
  assertEquals(failed, true);
  assertEquals([...Deno.readDirSync(folder)].length, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("growthbookSource() keeps its tag where the same is pushed again", async () => {
  await using setting = openSetting({
    requests: [give(1, { ...pushes, etag: '"v1"' }), refuse(304), refuse(304)],
    streams: [stream],
  });
  await setting.untilTrue(() =>
    setting.asked.length === 3 &&
    setting.timers().every((delay) => delay > 10_000)
  );
  await setting.streams[0]!.chunk(pushed(1));
  await setting.streams[0]!.chunk("event: features-updated\ndata:\n\n");
  await setting.untilTrue(() => setting.asked.length === 4);
  assertEquals(setting.asked[3], '0 GET "v1"');
});

Deno.test("growthbookSource() does not believe a kept date in the future, reports it, and checks the payload at once", async () => {
  const reports: string[] = [];
  await using setting = openSetting({ requests: [give(2)] }, {
    ...noPolling,
    cache: { store: holding(entry(1, 10_799_998)) },
    onCacheError: ({ message }) => void reports.push(message),
  });
  await setting.until("0 ok none");
  assertEquals(setting.asked, ['0 GET "v1"']);
  assertEquals(reports, [
    "Cannot believe the date of the kept payload: it is 10799998 ms ahead",
  ]);
});

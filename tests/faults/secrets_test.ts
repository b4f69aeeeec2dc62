import { assertEquals, assertThrows } from "@std/assert";
import { growthbookSource } from "../../adapters/growthbook/mod.ts";
import { createJournal } from "../support/journal.ts";
import { manualClock } from "../support/manual_clock.ts";
import {
  type Exchange,
  scriptedServer,
} from "../support/web/scripted_server.ts";
import { give, payloadText, pushes, refuse, stream } from "./answers.ts";
import { canaries, type Handler } from "./open_setting.ts";

const echo = Object.values(canaries).join(" ");
const echoes = {
  "x-echo": encodeURIComponent(echo),
  "x-sse-support": "enabled",
};

/** What a server may do wrong, with all secrets in it wherever that is possible. */
const faults: { readonly [name: string]: Handler } = {
  status: refuse(503, echoes, JSON.stringify({ error: echo })),
  unauthorized: refuse(401, echoes, echo),
  html: refuse(404, { "content-type": "text/html" }, `<h1>${echo}</h1>`),
  text: refuse(200, echoes, echo),
  halfJson: refuse(200, echoes, `{"features":"${echo}`),
  error: refuse(
    200,
    echoes,
    JSON.stringify({ status: 400, error: `Unknown key ${echo}` }),
  ),
  cutError: refuse(
    200,
    echoes,
    JSON.stringify({ status: 400, error: `${"x".repeat(30)}${echo}` }),
  ),
  wrongFeatures: refuse(
    200,
    echoes,
    JSON.stringify({ status: 200, features: echo }),
  ),
  wrongPayload: refuse(200, echoes, JSON.stringify(echo)),
  wrongKey: refuse(
    200,
    echoes,
    JSON.stringify({
      status: 200,
      features: {},
      encryptedFeatures: `${echo}.${echo}`,
    }),
  ),
  redirect: refuse(302, {
    location: `http://localhost:9/${encodeURIComponent(echo)}`,
  }),
  notModified: refuse(304, echoes),
  cut: (exchange) => exchange.cut(),
  noHttp: async (exchange) => {
    await exchange.send(`${echo}\r\n\r\n`);
    exchange.cut();
  },
  badHeader: async (exchange) => {
    await exchange.send(`HTTP/1.1 200 OK\r\n${echo}\r\n\r\n`);
    exchange.cut();
  },
  halfway: async (exchange) => {
    await exchange.begin({ "content-type": "application/json" });
    await exchange.chunk(echo);
    exchange.cut();
  },
  garbage: async (exchange) => {
    await stream(exchange);
    await exchange.chunk(`event: features\ndata: ${echo}\n\n`);
    await exchange.chunk(
      `event: features\ndata: ${
        JSON.stringify({ status: 500, error: echo })
      }\n\nretry: ${echo}\n\n`,
    );
    exchange.cut();
  },
};

/** Replaces the console, until it is restored. */
function listenToConsole(take: (text: string) => void): () => void {
  const names = ["log", "info", "debug", "warn", "error", "trace"] as const;
  const originals = names.map((name) => console[name]);
  for (const name of names) {
    console[name] = (...values: unknown[]) =>
      take(values.map(String).join(" "));
  }
  return () =>
    names.forEach((name, index) => console[name] = originals[index]!);
}

for (const [name, fault] of Object.entries(faults)) {
  Deno.test(`growthbookSource() tells no secret where the fault is: ${name}`, async () => {
    const heard: string[] = [];
    const journal = createJournal();
    const hear = (value: unknown) => {
      const more = value instanceof Error
        ? `${value.stack} ${value.cause}`
        : "";
      heard.push(
        `${Deno.inspect(value, { depth: 20, strAbbreviateSize: 1e6 })} ${more}`,
      );
      journal.note();
    };
    const restore = listenToConsole(hear);
    const clock = manualClock(0, journal.note);
    let gets = 0;
    const handle: Handler = (exchange: Exchange) =>
      exchange.method === "GET" && exchange.path.startsWith("/api/") &&
        gets++ === 0
        ? give(1, pushes)(exchange)
        : fault(exchange);
    const server = scriptedServer(handle);
    const options = {
      clientKey: canaries.clientKey,
      decryptionKey: canaries.decryptionKey,
      apiHost: server.url,
      headers: { authorization: canaries.header },
      clock,
      random: () => 0.5,
      onCacheError: hear,
      cache: {
        store: {
          load: () => Promise.reject(new Error(echo)),
          save: () => {
            throw new Error(echo);
          },
        },
      },
    };
    const source = growthbookSource(options);
    source.reports$!.subscribe(hear);
    const subscription = source.subscribe(hear);
    const hasFailed = () =>
      heard.some((text) => text.includes('type: "failed"'));
    await journal.until(hasFailed, () => heard.join("\n"));
    await source.refresh!().catch(hear);
    subscription.unsubscribe();

    const remote = growthbookSource({ ...options, remoteEval: true });
    remote.reports$!.subscribe(hear);
    const remoteSubscription = remote.subscribe(hear);
    const user = {
      attributes: { id: canaries.header },
      url: "",
      forcedVariations: {},
      forcedFeatureValues: {},
    };
    await remote.remote!.evaluate(user, new AbortController().signal).catch(
      hear,
    );
    remoteSubscription.unsubscribe();
    await server.close();
    restore();

    const text = heard.join("\n");
    assertEquals(text.includes("Cannot "), true);
    for (
      const secret of [
        canaries.clientKey,
        canaries.decryptionKey,
        canaries.header,
        "canary",
      ]
    ) {
      assertEquals(text.includes(secret), false, text);
    }
  });
}

Deno.test("growthbookSource() tells no secret where its options can't be used", () => {
  const valid = { clientKey: canaries.clientKey };
  const wrong: readonly Parameters<typeof growthbookSource>[0][] = [
    { clientKey: "" },
    { ...valid, apiHost: `${canaries.clientKey}/path` },
    { ...valid, apiHost: `ftp://user:${canaries.clientKey}@host` },
    { ...valid, apiHost: `https://user:${canaries.clientKey}@host` },
    { ...valid, streamingHost: "" },
    { ...valid, headers: { authorization: `${canaries.header}\n` + "x: y" } },
    { ...valid, headers: { [`${canaries.header} `]: "x" } },
    { ...valid, timeout: 0 },
    { ...valid, polling: NaN },
    { ...valid, silence: -1 },
    { ...valid, maxBytes: Infinity },
    { ...valid, cache: { fresh: -1 } },
  ];
  for (const options of wrong) {
    const error = assertThrows(() => growthbookSource(options)) as Error;
    assertEquals(
      error.message.startsWith("Cannot create the source: "),
      true,
      error.message,
    );
    assertEquals(String(error.stack).includes("canary"), false);
  }
});

Deno.test("growthbookSource() keeps no key in its store", async () => {
  const texts: string[] = [];
  const journal = createJournal();
  const server = scriptedServer((exchange) =>
    exchange.answer(200, payloadText(1))
  );
  const source = growthbookSource({
    clientKey: canaries.clientKey,
    apiHost: server.url,
    headers: { authorization: canaries.header },
    cache: {
      store: {
        load: () => null,
        save: (name, text) => {
          texts.push(name, text);
          journal.note();
        },
      },
    },
  });
  const subscription = source.subscribe();
  await journal.until(() => texts.length > 0);
  subscription.unsubscribe();
  await server.close();
  assertEquals(texts.join().includes("canary"), false);
});

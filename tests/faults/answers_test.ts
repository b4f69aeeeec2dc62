import { assertEquals } from "@std/assert";
import { growthbookSource } from "../../adapters/growthbook/mod.ts";
import { createClient } from "../../adapters/client/mod.ts";
import { payloadText } from "./answers.ts";

const text = payloadText(1);
const json = JSON.parse(text);

async function* pieces(): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  yield bytes.slice(0, 20);
  yield await Promise.resolve(bytes.slice(20));
}

/** What a `fetch` may answer that can be read. */
const readable: { readonly [name: string]: unknown } = {
  "of a mock, with json() alone": {
    ok: true,
    json: () => Promise.resolve(json),
  },
  "with a status and json()": {
    ok: true,
    status: 200,
    json: () => Promise.resolve(json),
  },
  "of React Native, with text() and no body": {
    status: 200,
    headers: new Headers({ "content-type": "application/json" }),
    text: () => Promise.resolve(text),
  },
  "of node-fetch, with a Node stream": {
    status: 200,
    headers: new Headers({ "content-type": "application/json" }),
    body: pieces(),
  },
  "with headers in a plain object": {
    status: 200,
    headers: { "Content-Type": "application/json" },
    text: () => Promise.resolve(text),
  },
  "with headers in a Map": {
    status: 200,
    headers: new Map([["Content-Type", "application/json"]]),
    text: () => Promise.resolve(text),
  },
  "with headers in a list": {
    status: 200,
    headers: [["content-type", "application/json"]],
    json: () => Promise.resolve(json),
  },
  "without a content type": new Response(new TextEncoder().encode(text)),
};

/** What it may answer that can't. */
const broken: { readonly [name: string]: () => unknown } = {
  undefined: () => undefined,
  null: () => null,
  "a text": () => text,
  "an empty object": () => ({}),
  "a body that throws when it is opened": () => ({
    status: 200,
    body: {
      getReader: () => {
        throw new Error("locked");
      },
    },
  }),
  "a body that was read": () => {
    const response = Response.json(json);
    response.body!.getReader();
    return response;
  },
  "a body that throws in the middle": () => ({
    status: 200,
    body: (async function* () {
      yield new Uint8Array([123]);
      await Promise.resolve();
      throw new Error("cut");
    })(),
  }),
  "text() that throws": () => ({
    status: 200,
    text: () => {
      throw new Error("no");
    },
  }),
  "json() that rejects": () => ({
    status: 200,
    json: () => Promise.reject(new SyntaxError("no")),
  }),
  "json() that gives a BigInt": () => ({
    status: 200,
    json: () => Promise.resolve(1n),
  }),
  "json() that gives nothing": () => ({
    status: 200,
    json: () => Promise.resolve(),
  }),
  "headers that throw": () => ({
    status: 200,
    headers: {
      get: () => {
        throw new Error("no");
      },
    },
    text: () => Promise.resolve(text),
  }),
  "a status that throws": () => ({
    get status() {
      throw new Error("no");
    },
  }),
  "a failure without a status": () => ({
    ok: false,
    json: () => Promise.resolve(json),
  }),
};

function clientOf(fetch: () => unknown) {
  return createClient({
    source: growthbookSource({
      clientKey: "sdk-1",
      polling: false,
      fetch: fetch as typeof globalThis.fetch,
    }),
    onError: () => {},
  });
}

for (const [name, answer] of Object.entries(readable)) {
  Deno.test(`growthbookSource() reads an answer ${name}`, async () => {
    const client = clientOf(() => Promise.resolve(answer));
    assertEquals((await client.ready()).status, "ready");
    assertEquals(client.getFeatureValue("version", 0), 1);
    await client.close();
  });
}

for (const [name, answer] of Object.entries(broken)) {
  Deno.test(`growthbookSource() survives an answer that is ${name}`, async () => {
    const client = clientOf(() => Promise.resolve(answer()));
    const failed = new Promise<string>((resolve) => {
      const status$ = client.status$.subscribe(({ status, code }) => {
        if (status !== "error") return;
        resolve(code);
        queueMicrotask(() => status$.unsubscribe());
      });
    });
    assertEquals(["network", "not-json"].includes(await failed), true);
    await client.close();
  });
}

Deno.test("growthbookSource() tells the status of a refusal whose body throws wherever it is touched", async () => {
  const answer = {
    status: 503,
    get body() {
      throw new Error("no");
    },
  };
  const client = clientOf(() => Promise.resolve(answer));
  const failed = new Promise<string>((resolve) =>
    client.status$.subscribe(({ status, code }) => {
      if (status === "error") resolve(code);
    })
  );
  assertEquals(await failed, "http-503");
  await client.close();
});

Deno.test("growthbookSource() does without cache modes where fetch knows none", async () => {
  for (const isSync of [true, false]) {
    const asked: unknown[] = [];
    const error = new TypeError(
      "The 'cache' field on 'RequestInitializerDict' is not implemented.",
    );
    const source = growthbookSource({
      clientKey: "sdk-1",
      polling: false,
      fetch: (_input, init) => {
        asked.push(init?.cache);
        if (init?.cache === undefined) {
          return Promise.resolve(Response.json(json));
        }
        if (isSync) throw error;
        return Promise.reject(error);
      },
    });
    const client = createClient({ source });
    assertEquals((await client.ready()).status, "ready");
    await client.refresh();
    assertEquals(asked, ["no-cache", undefined, undefined]);
    await client.close();
  }
});

Deno.test("growthbookSource() asks regularly where fetch gives a stream only when it has ended", async () => {
  const asked: string[] = [];
  const source = growthbookSource({
    clientKey: "sdk-1",
    fetch: ((input: string) => {
      asked.push(input.includes("/sub/") ? "stream" : "request");
      return Promise.resolve({
        status: 200,
        headers: new Headers({
          "content-type": input.includes("/sub/")
            ? "text/event-stream"
            : "application/json",
          "x-sse-support": "enabled",
        }),
        text: () => input.includes("/sub/") ? new Promise(() => {}) : text,
      });
    }) as unknown as typeof fetch,
  });
  const updates = new Promise<void>((resolve) => {
    const reports = source.reports$!.subscribe((report) => {
      if (report.type !== "ok" || report.updates !== "polling") return;
      resolve();
      queueMicrotask(() => reports.unsubscribe());
    });
  });
  const subscription = source.subscribe();
  await updates;
  assertEquals(asked, ["request", "stream", "request"]);
  subscription.unsubscribe();
});

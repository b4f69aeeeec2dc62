import { assertEquals, assertRejects } from "@std/assert";
import { startServer } from "../../../adapters/dev_server/start_server.ts";
import { decrypt } from "../../../core/mod.ts";
import { createJournal } from "../../support/journal.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const one = { features: { version: { defaultValue: 1 } } };
const two = { features: { version: { defaultValue: 2 } } };
const key = "Zvwv/+uhpFDznZ6SX28Yjg==";

async function get(
  url: string,
  headers: { readonly [name: string]: string } = {},
): Promise<
  { readonly status: number; readonly headers: Headers; readonly text: string }
> {
  const response = await fetch(url, { headers });
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  };
}

Deno.test("startServer() gives the features, and 304 to those who have them", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const url = `${server.url}/api/features/sdk-1`;
  const first = await get(url);
  assertEquals(first.status, 200);
  assertEquals(first.headers.get("x-sse-support"), "enabled");
  assertEquals(first.headers.get("access-control-allow-origin"), "*");
  const { dateUpdated, ...rest } = JSON.parse(first.text);
  assertEquals(rest, { status: 200, ...one });
  assertEquals(Number.isNaN(Date.parse(dateUpdated)), false);
  const etag = first.headers.get("etag")!;
  assertEquals((await get(url, { "if-none-match": etag })).status, 304);
  assertEquals(
    (await get(url, { "if-none-match": `"x", W/${etag}` })).status,
    304,
  );
  assertEquals((await get(url, { "if-none-match": '"other"' })).status, 200);
  await server.close();
});

Deno.test("startServer() gives all parts of a payload", async () => {
  const payload = {
    status: 200,
    ...one,
    savedGroups: { a: ["1"] },
    experiments: [{ key: "auto", variations: [{}, {}] }],
  };
  await using file = await temporaryPayload(payload);
  const server = await startServer({ file: file.path });
  const { dateUpdated: _, ...given } = JSON.parse(
    (await get(`${server.url}/api/features/sdk-1`)).text,
  );
  assertEquals(given, payload);
  await server.close();
});

Deno.test("startServer() refuses what a real server refuses", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({
    file: file.path,
    keys: ["sdk-1", "sdk-2"],
  });
  const statuses: number[] = [];
  for (
    const path of [
      "api/features/sdk-1",
      "api/features/sdk-2",
      "api/features/sdk-3",
      "sub/sdk-3",
      "api/features/",
      "other",
      "api/features/%E0%A4%A",
    ]
  ) {
    statuses.push((await get(`${server.url}/${path}`)).status);
  }
  assertEquals(statuses, [200, 200, 400, 400, 404, 404, 400]);
  const posted = await fetch(`${server.url}/api/eval/sdk-1`, {
    method: "POST",
    body: "{}",
  });
  assertEquals(posted.status, 400);
  assertEquals(posted.headers.get("x-sse-support"), "enabled");
  await posted.body?.cancel();
  await server.close();
});

Deno.test("startServer() answers the question of a browser whether it may ask", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const response = await fetch(`${server.url}/api/eval/sdk-1`, {
    method: "OPTIONS",
    headers: {
      "access-control-request-headers": "x-own",
      origin: "http://shop.example",
    },
  });
  assertEquals(response.status, 204);
  assertEquals(response.headers.get("access-control-allow-origin"), "*");
  assertEquals(response.headers.get("access-control-allow-headers"), "x-own");
  await server.close();
});

Deno.test("startServer() answers HEAD as GET, without a body, and leaves no stream open", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const heads: unknown[] = [];
  for (
    const path of ["api/features/sdk-1", "sub/sdk-1", "ofrep/v1/events", "no"]
  ) {
    const url = `${server.url}/${path}`;
    const open = server.streams();
    const head = await fetch(url, { method: "HEAD" });
    assertEquals(await head.text(), "");
    assertEquals(server.streams() <= open, true);
    const get = await fetch(url);
    await get.body?.cancel();
    for (const name of ["content-type", "etag", "cache-control"]) {
      assertEquals(head.headers.get(name), get.headers.get(name));
    }
    heads.push([path, head.status === get.status, head.status]);
  }
  assertEquals(heads, [
    ["api/features/sdk-1", true, 200],
    ["sub/sdk-1", true, 200],
    ["ofrep/v1/events", true, 200],
    ["no", true, 404],
  ]);
  const { headers } = await get(`${server.url}/api/features/sdk-1`);
  const known = await fetch(`${server.url}/api/features/sdk-1`, {
    method: "HEAD",
    headers: { "if-none-match": headers.get("etag")! },
  });
  assertEquals(known.status, 304);
  await server.close();
});

Deno.test("startServer() names the methods that are allowed where another one is used", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const answers: unknown[] = [];
  for (
    const [method, path] of [
      ["PUT", "api/features/sdk-1"],
      ["DELETE", "sub/sdk-1"],
      ["HEAD", "api/eval/sdk-1"],
    ] as const
  ) {
    const response = await fetch(`${server.url}/${path}`, { method });
    await response.body?.cancel();
    answers.push([response.status, response.headers.get("allow")]);
  }
  assertEquals(answers, [
    [405, "GET, HEAD, OPTIONS"],
    [405, "GET, HEAD, OPTIONS"],
    [405, "POST, OPTIONS"],
  ]);
  await server.close();
});

Deno.test("startServer() pushes what is saved, however it is saved", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const journal = createJournal();
  const controller = new AbortController();
  const response = await fetch(`${server.url}/sub/sdk-1`, {
    signal: controller.signal,
  });
  let text = "";
  const reading = (async () => {
    for await (
      const piece of response.body!.pipeThrough(new TextDecoderStream())
    ) {
      text += piece;
      journal.note();
    }
  })();
  await journal.until(() => text === "retry: 10000\n\n");
  await file.replace(two);
  await journal.until(() => text.includes('"defaultValue":2'));
  await Deno.writeTextFile(
    file.path,
    JSON.stringify({ features: { version: { defaultValue: 3 } } }),
  );
  await journal.until(() => text.includes('"defaultValue":3'));
  assertEquals(text.match(/^id: \d+ $/gm), ["id: 1 ", "id: 2 "]);
  assertEquals(text.match(/^event: .*$/gm), [
    "event: features",
    "event: features",
  ]);
  await server.close();
  await reading;
});

Deno.test("startServer() keeps serving the last good payload while the file is broken", async () => {
  await using file = await temporaryPayload(one);
  const journal = createJournal();
  const messages: string[] = [];
  const server = await startServer({
    file: file.path,
    onMessage: (message) => {
      messages.push(message);
      journal.note();
    },
  });
  for (
    const broken of ['{"features":{"ver', "[]", '{"status":400,"error":"no"}']
  ) {
    await file.replace(broken);
    assertEquals(await server.reload(), false);
    const { text } = await get(`${server.url}/api/features/sdk-1`);
    assertEquals(JSON.parse(text).features, one.features);
  }
  await Deno.remove(file.path);
  assertEquals(await server.reload(), false);
  await file.replace(two);
  await server.reload();
  const { text } = await get(`${server.url}/api/features/sdk-1`);
  assertEquals(JSON.parse(text).features, two.features);
  assertEquals(
    messages[0],
    "Cannot use the payload: the answer is not JSON; the last good payload is still served",
  );
  await server.close();
});

Deno.test("startServer() goes on serving and reloading though nobody can be told", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({
    file: file.path,
    onMessage: () => {
      throw new Error("Cannot print");
    },
  });
  await file.replace("{");
  assertEquals(await server.reload(), false);
  await file.replace(two);
  await server.reload();
  const { text } = await get(`${server.url}/api/features/sdk-1`);
  assertEquals(JSON.parse(text).features, two.features);
  await server.close();
});

Deno.test("startServer() follows a link that leads elsewhere", async () => {
  await using first = await temporaryPayload(one);
  await using second = await temporaryPayload(two);
  const link = `${first.path}.link`;
  await Deno.symlink(first.path, link);
  const journal = createJournal();
  const messages: string[] = [];
  const server = await startServer({
    file: link,
    onMessage: (message) => {
      messages.push(message);
      journal.note();
    },
  });
  await Deno.symlink(second.path, `${link}.new`);
  await Deno.rename(`${link}.new`, link);
  await journal.until(() => messages.length > 0);
  const { text } = await get(`${server.url}/api/features/sdk-1`);
  assertEquals(JSON.parse(text).features, two.features);
  await server.close();
});

Deno.test("startServer() gives each change a later date, and an equal file none", async () => {
  await using file = await temporaryPayload(one);
  const clock = { now: () => 1_000, setTimer: () => () => {} };
  const server = await startServer({ file: file.path, clock });
  const dates: string[] = [];
  for (const content of [two, JSON.stringify(two, null, 2), one]) {
    await file.replace(content);
    await server.reload();
    const { text } = await get(`${server.url}/api/features/sdk-1`);
    dates.push(JSON.parse(text).dateUpdated);
  }
  assertEquals(dates, [
    "1970-01-01T00:00:01.001Z",
    "1970-01-01T00:00:01.001Z",
    "1970-01-01T00:00:01.002Z",
  ]);
  await server.close();
});

Deno.test("startServer() encrypts what it gives", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path, encryptionKey: key });
  const { text } = await get(`${server.url}/api/features/sdk-1`);
  const { features, encryptedFeatures } = JSON.parse(text);
  assertEquals(features, {});
  assertEquals(JSON.parse(await decrypt(encryptedFeatures, key)), one.features);
  await server.close();
});

Deno.test("startServer() evaluates for a user, and no rule leaves it", async () => {
  await using file = await temporaryPayload({
    features: {
      hidden: {
        defaultValue: "everyone",
        rules: [{ condition: { secretAttribute: "x" }, force: "secret value" }],
      },
      cta: {
        rules: [{
          key: "cta-test",
          variations: ["Buy", "Order"],
          weights: [0.3, 0.7],
        }],
      },
      __proto__x: { defaultValue: null },
    },
  });
  const server = await startServer({ file: file.path, remoteEval: true });
  const response = await fetch(`${server.url}/api/eval/sdk-1`, {
    method: "POST",
    body: JSON.stringify({
      attributes: { id: "7" },
      forcedVariations: {},
      forcedFeatures: [["forced", 1]],
      url: "",
    }),
  });
  const text = await response.text();
  const { status, features } = JSON.parse(text);
  assertEquals(status, 200);
  assertEquals(features.hidden, { defaultValue: "everyone" });
  const { defaultValue } = features.cta;
  assertEquals(features.cta.rules[0].force, defaultValue);
  const other = defaultValue === "Buy" ? "Order" : "Buy";
  for (const secret of ["secretAttribute", "secret value", "0.3", other]) {
    assertEquals(text.includes(secret), false, secret);
  }
  assertEquals(features.cta.rules[0].tracks[0].experiment.key, "cta-test");
  assertEquals(features.cta.rules[0].tracks[0].result.value, defaultValue);
  assertEquals((await get(`${server.url}/api/features/sdk-1`)).status, 400);
  await server.close();
});

Deno.test("startServer() refuses evaluation requests that are not well-formed", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path, remoteEval: true });
  const bodies = [
    "{",
    "[]",
    '{"attributes":null}',
    '{"forcedVariations":null}',
    '{"forcedVariations":{"a":"1"}}',
    '{"forcedFeatures":{"a":1}}',
    '{"forcedFeatures":[["a"]]}',
    '{"url":1}',
    " ".repeat(1_100_000),
    '{"attributes":{"__proto__":{"a":1}}}',
  ];
  const statuses: number[] = [];
  for (const body of bodies) {
    const response = await fetch(`${server.url}/api/eval/sdk-1`, {
      method: "POST",
      body,
    });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  assertEquals(statuses, [400, 400, 400, 400, 400, 400, 400, 400, 413, 200]);
  await server.close();
});

Deno.test("startServer() rejects where there is nothing to serve", async () => {
  await using file = await temporaryPayload("{");
  await assertRejects(
    () => startServer({ file: file.path }),
    Error,
    "Cannot use the payload: the answer is not JSON",
  );
  await assertRejects(
    () => startServer({ file: `${file.path}.missing` }),
    Error,
    "there is no such file",
  );
});

Deno.test("startServer() rejects where the port is in use, and leaves nothing behind", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  const port = Number(new URL(server.url).port);
  await assertRejects(
    () => startServer({ file: file.path, port }),
    Error,
    `Cannot listen at port ${port} of 127.0.0.1: it is in use`,
  );
  await server.close();
});

Deno.test("startServer() is closed once, however often it is closed", async () => {
  await using file = await temporaryPayload(one);
  const server = await startServer({ file: file.path });
  await Promise.all([server.close(), server.close()]);
  await server.close();
});

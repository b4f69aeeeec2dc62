import { assertEquals } from "@std/assert";
import { payloadDigest } from "../../../../core/mod.ts";
import { withServer } from "./support.ts";

const gate = { id: "off", condition: { value: true }, gate: true };
const features = {
  plain: { defaultValue: "hi" },
  targeted: {
    defaultValue: 0,
    rules: [{ id: "r1", condition: { country: "fr" }, force: 1 }],
  },
  test: {
    rules: [{
      key: "e",
      variations: ["a", "b"],
      meta: [{ key: "x" }, { key: "y" }],
    }],
  },
  off: { defaultValue: false },
  closed: { defaultValue: 1, rules: [{ parentConditions: [gate], force: 2 }] },
  ring: {
    rules: [{ parentConditions: [{ ...gate, id: "ring" }], force: 2 }],
  },
  nothing: {},
};
const version = payloadDigest({ features });
const user = { context: { targetingKey: "7", country: "fr" } };

Deno.test("OFREP gives one flag with its value, reason, variant and metadata", () =>
  withServer({ features }, async ({ ask }) => {
    const { status, body, headers } = await ask("test", user);
    const { metadata, ...flag } = body;
    assertEquals(status, 200);
    assertEquals(flag, {
      key: "test",
      value: "a",
      reason: "SPLIT",
      variant: "x",
    });
    assertEquals(
      [
        metadata?.["experimentKey"],
        metadata?.["variationId"],
        metadata?.["version"],
        metadata?.["contextId"],
      ],
      ["e", 0, version, "7"],
    );
    assertEquals(headers.get("access-control-allow-origin"), "*");
    const targeted = await ask("targeted", user);
    assertEquals(targeted.body, {
      key: "targeted",
      value: 1,
      reason: "TARGETING_MATCH",
      metadata: { source: "force", ruleId: "r1", version, contextId: "7" },
    });
  }));

Deno.test("OFREP leaves the value out where the caller's default is to be used", () =>
  withServer({ features }, async ({ ask }) => {
    const reasons = [];
    for (const key of ["nothing", "closed"]) {
      const { status, body } = await ask(key, user);
      reasons.push([status, "value" in body, body.reason]);
    }
    assertEquals(reasons, [[200, false, "DEFAULT"], [200, false, "DISABLED"]]);
  }));

Deno.test("OFREP takes a body without a context, and none at all", () =>
  withServer({ features }, async ({ ask }) => {
    for (const body of [{}, "", { context: {} }]) {
      assertEquals((await ask("targeted", body)).body.value, 0);
    }
  }));

Deno.test("OFREP tells what is wrong with a question", () =>
  withServer({ features }, async ({ ask, url }) => {
    const told = [];
    for (
      const [key, body] of [
        ["missing", {}],
        ["a/b", {}],
        ["__proto__", {}],
        ["ring", {}],
        ["plain", "{"],
        ["plain", "[]"],
        ["plain", { context: [] }],
        ["plain", { context: null }],
        ["plain", { context: { targetingKey: 7 } }],
        [null, "{"],
        [null, { context: "x" }],
      ] as const
    ) {
      const answer = await ask(key, body);
      told.push([answer.status, answer.body.key, answer.body.errorCode]);
    }
    assertEquals(told, [
      [404, "missing", "FLAG_NOT_FOUND"],
      [404, "a/b", "FLAG_NOT_FOUND"],
      [404, "__proto__", "FLAG_NOT_FOUND"],
      [400, "ring", "PARSE_ERROR"],
      [400, "plain", "PARSE_ERROR"],
      [400, "plain", "PARSE_ERROR"],
      [400, "plain", "INVALID_CONTEXT"],
      [400, "plain", "INVALID_CONTEXT"],
      [400, "plain", "INVALID_CONTEXT"],
      [400, undefined, "PARSE_ERROR"],
      [400, undefined, "INVALID_CONTEXT"],
    ]);
    const statuses = [];
    for (
      const [method, path] of [
        ["GET", "evaluate/flags/plain"],
        ["POST", "events"],
        ["POST", "evaluate/flags/a/b"],
        ["POST", "evaluate"],
        ["POST", "evaluate/flags/%E0%A4%A"],
        ["POST", "configuration"],
      ] as const
    ) {
      const response = await fetch(`${url}/ofrep/v1/${path}`, { method });
      const { errorDetails } = await response.json();
      const allow = response.headers.get("allow");
      statuses.push([response.status, typeof errorDetails, allow]);
    }
    assertEquals(statuses, [
      [405, "string", "POST, OPTIONS"],
      [405, "string", "GET, HEAD, OPTIONS"],
      [404, "string", null],
      [404, "string", null],
      [400, "string", null],
      [404, "string", null],
    ]);
  }));

Deno.test("OFREP refuses a body that is too large", () =>
  withServer({ features }, async ({ url }) => {
    const response = await fetch(`${url}/ofrep/v1/evaluate/flags`, {
      method: "POST",
      body: `{"context":{"long":"${"x".repeat(1_048_576)}"}}`,
    });
    assertEquals([response.status, (await response.json()).errorCode], [
      413,
      "GENERAL",
    ]);
  }));

Deno.test("OFREP gives all flags, and 304 to those who have them", () =>
  withServer({ features }, async ({ ask, replace }) => {
    const { status, body, headers } = await ask(null, user);
    assertEquals(status, 200);
    const told = body.flags?.map(({ key, value, reason, errorCode }) => [
      key,
      value ?? null,
      reason ?? errorCode,
    ]);
    assertEquals(told, [
      ["plain", "hi", "DEFAULT"],
      ["targeted", 1, "TARGETING_MATCH"],
      ["test", "a", "SPLIT"],
      ["off", false, "DEFAULT"],
      ["closed", null, "DISABLED"],
      ["ring", null, "PARSE_ERROR"],
      ["nothing", null, "DEFAULT"],
    ]);
    assertEquals(body.metadata, { version });
    assertEquals(body.eventStreams, [{
      type: "sse",
      endpoint: { requestUri: "/ofrep/v1/events" },
      inactivityDelaySec: 120,
    }]);
    const known = { "if-none-match": headers.get("etag")! };
    const again = await ask(null, user, known);
    assertEquals([again.status, again.text], [304, ""]);
    const other = await ask(null, { context: { targetingKey: "8" } }, known);
    assertEquals(other.status, 200);
    await replace({ features: { ...features, plain: { defaultValue: "ho" } } });
    assertEquals((await ask(null, user, known)).status, 200);
  }));

Deno.test("OFREP wants a key where keys are known", () =>
  withServer({ features }, async ({ ask, url }) => {
    const statuses = [];
    for (
      const headers of [
        {},
        { authorization: "Bearer wrong" },
        { "x-api-key": "wrong" },
        { authorization: "Bearer sdk-1" },
        { "x-api-key": "sdk-1" },
      ]
    ) statuses.push((await ask("plain", {}, headers)).status);
    assertEquals(statuses, [401, 401, 401, 200, 200]);

    const all = await ask(null, {}, { authorization: "Bearer sdk-1" });
    const requestUri = all.body.eventStreams?.[0]?.endpoint.requestUri ?? "";
    assertEquals(requestUri, "/ofrep/v1/events?key=sdk-1");
    const streams = [];
    for (const path of ["/ofrep/v1/events", requestUri]) {
      const controller = new AbortController();
      const response = await fetch(url + path, { signal: controller.signal });
      streams.push([response.status, response.headers.get("content-type")]);
      controller.abort();
      await response.body?.cancel().catch(() => {});
    }
    assertEquals(streams, [[401, "application/json"], [
      200,
      "text/event-stream",
    ]]);
  }, { keys: ["sdk-1"] }));

Deno.test("OFREP tells by its stream when to ask again", () =>
  withServer({ features }, async ({ url, replace, server }) => {
    const response = await fetch(`${url}/ofrep/v1/events`);
    const pieces = response.body!.pipeThrough(new TextDecoderStream());
    let text = "";
    const reading = (async () => {
      for await (const piece of pieces) text += piece;
    })();
    assertEquals(server.streams(), 1);
    await replace({ features: { plain: { defaultValue: "ho" } } });
    await server.close();
    await reading;
    const data = /event: message\ndata: (.*)\n/.exec(text)?.[1] ?? "{}";
    const { type, etag, lastModified } = JSON.parse(data);
    assertEquals([type, typeof etag], ["refetchEvaluation", "string"]);
    assertEquals(Number.isNaN(Date.parse(lastModified)), false);
  }));

Deno.test("OFREP answers the question of a browser whether it may ask", () =>
  withServer({ features }, async ({ url }) => {
    const response = await fetch(`${url}/ofrep/v1/evaluate/flags`, {
      method: "OPTIONS",
      headers: {
        origin: "http://shop.example",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    assertEquals(
      [
        response.status,
        response.headers.get("access-control-allow-origin"),
        response.headers.get("access-control-allow-headers"),
      ],
      [204, "*", "authorization,content-type"],
    );
  }));

import { assertEquals } from "@std/assert";
import { give, hang, payloadText, refuse } from "./answers.ts";
import { openSetting } from "./open_setting.ts";

const noPolling = { polling: false } as const;

Deno.test("growthbookSource() loads the payload", async () => {
  await using setting = openSetting({ requests: [give(1)] }, noPolling);
  await setting.until("0 ok none");
  assertEquals(setting.story, ["0 loading", "0 payload 1", "0 ok none"]);
  assertEquals(setting.asked, ["0 GET"]);
});

Deno.test("growthbookSource() asks again after a 503, and waits longer each time", async () => {
  const requests = [refuse(503), refuse(500), refuse(502), give(1)];
  await using setting = openSetting({ requests }, noPolling);
  for (const delay of [750, 1_500, 3_000]) await setting.pass(delay);
  await setting.until("5250 ok none");
  assertEquals(setting.story, [
    "0 loading",
    "0 failed http-503, again in 750",
    "750 failed http-500, again in 1500",
    "2250 failed http-502, again in 3000",
    "5250 payload 1",
    "5250 ok none",
  ]);
  assertEquals(setting.asked, ["0 GET", "750 GET", "2250 GET", "5250 GET"]);
});

Deno.test("growthbookSource() never waits longer than 30 s by itself", async () => {
  await using setting = openSetting({ requests: [refuse(500)] }, noPolling);
  for (const delay of [750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]) {
    await setting.pass(delay);
  }
  await setting.until("68250 failed http-500, again in 22500");
  assertEquals(setting.asked.length, 8);
});

const bad: readonly (readonly [string, string, Parameters<typeof refuse>])[] = [
  ["a 400 of a server without its upstream", "http-400", [400]],
  ["a 400 that says it pushes changes", "http-400", [400, {
    "x-sse-support": "enabled",
  }]],
  ["a 401", "http-401", [401]],
  ["a 403", "http-403", [403]],
  ["a 404 with an HTML page", "http-404", [
    404,
    { "content-type": "text/html" },
    "<h1>Not here</h1>",
  ]],
  ["a 200 with an HTML page", "content-type", [200, {
    "content-type": "text/html",
  }, "<h1>Hello</h1>"]],
  ["a 200 without a content type", "content-type", [
    200,
    { "content-type": "" },
    payloadText(9),
  ]],
  ["a 204", "http-204", [204]],
  ["text that is not JSON", "not-json", [
    200,
    {},
    '{"status":200,"features":{',
  ]],
  ["JSON that is no payload", "not-a-payload", [200, {}, "[1,2]"]],
  ["an empty object", "not-a-payload", [200, {}, "{}"]],
  ["what a gateway has to say", "not-a-payload", [
    200,
    {},
    '{"statusCode":500,"message":"Internal server error"}',
  ]],
  ["an object that might be a map of features", "not-a-payload", [
    200,
    {},
    '{"detail":{"reason":"Not found"}}',
  ]],
  ["an error with the status 200", "error-response", [
    200,
    {},
    '{"status":400,"error":"Invalid key"}',
  ]],
  ["an answer without features", "missing-field", [200, {}, '{"status":200}']],
  ["features of another type", "wrong-type", [
    200,
    {},
    '{"status":200,"features":[]}',
  ]],
  ["an encrypted payload, without a key", "encrypted", [
    200,
    {},
    '{"status":200,"features":{},"encryptedFeatures":"AAAA.BBBB"}',
  ]],
  ["a 304 for nothing", "http-304", [304]],
  ["a redirect to another host", "redirect", [302, {
    location: "http://localhost:9/api/features/x",
  }]],
  ["a redirect to nowhere", "redirect", [302]],
  ["a redirect in circles", "redirect", [302, { location: "/circle" }]],
];

for (const [name, code, answer] of bad) {
  Deno.test(`growthbookSource() takes ${name} for a failure`, async () => {
    await using setting = openSetting({
      requests: [give(1), refuse(...answer), give(2)],
      others: (exchange) => exchange.answer(302, "", { location: "/circle" }),
    }, { polling: 10_001 });
    await setting.until("0 ok polling");
    await setting.pass(9_501);
    await setting.pass(750);
    await setting.until("10251 ok polling");
    assertEquals(setting.story, [
      "0 loading",
      "0 payload 1",
      "0 ok polling",
      `9501 failed ${code}, again in 750`,
      "10251 payload 2",
      "10251 ok polling",
    ]);
  });
}

Deno.test("growthbookSource() follows a redirect within the host", async () => {
  await using setting = openSetting({
    requests: [refuse(307, { location: "/moved" })],
    others: give(1),
  }, noPolling);
  await setting.until("0 ok none");
  assertEquals(setting.asked, ["0 GET", "0 GET /moved"]);
});

Deno.test("growthbookSource() gives up on an answer that takes too long", async () => {
  await using setting = openSetting({ requests: [hang, give(1)] }, noPolling);
  await setting.untilTrue(() => setting.asked.length === 1);
  await setting.pass(10_000);
  await setting.pass(750);
  await setting.until("10750 ok none");
  assertEquals(setting.story.slice(1, 2), [
    "10000 failed timeout, again in 750",
  ]);
});

Deno.test("growthbookSource() gives up on an answer that stops halfway", async () => {
  await using setting = openSetting({
    requests: [async (exchange) => {
      await exchange.begin({ "content-type": "application/json" });
      await exchange.chunk('{"status":200,');
    }, give(1)],
  }, noPolling);
  await setting.untilTrue(() => setting.asked.length === 1);
  await setting.pass(10_000);
  await setting.pass(750);
  await setting.until("10750 ok none");
  assertEquals(setting.story.slice(1, 2), [
    "10000 failed timeout, again in 750",
  ]);
});

Deno.test("growthbookSource() refuses an answer that is cut off", async () => {
  await using setting = openSetting({
    requests: [async (exchange) => {
      await exchange.send(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n",
      );
      await exchange.send(payloadText(9).slice(0, 20));
      exchange.cut();
    }, give(1)],
  }, noPolling);
  await setting.pass(750);
  await setting.until("750 ok none");
  assertEquals(setting.story.slice(1, 2), ["0 failed network, again in 750"]);
});

Deno.test("growthbookSource() tries again where the connection is closed without an answer", async () => {
  await using setting = openSetting({
    requests: [(exchange) => exchange.cut(), give(1)],
  }, noPolling);
  await setting.pass(750);
  await setting.until("750 ok none");
  assertEquals(setting.story.slice(1, 2), ["0 failed network, again in 750"]);
});

Deno.test("growthbookSource() stops reading an answer that is too large", async () => {
  let isCut = false;
  await using setting = openSetting({
    requests: [async (exchange) => {
      await exchange.begin({ "content-type": "application/json" });
      const chunk = " ".repeat(65_536);
      exchange.closed.then(() => isCut = true);
      while (!isCut) await exchange.chunk(chunk);
    }, give(1)],
  }, { ...noPolling, maxBytes: 1_000_000 });
  await setting.pass(750);
  await setting.until("750 ok none");
  assertEquals(setting.story.slice(1, 2), ["0 failed too-large, again in 750"]);
});

Deno.test("growthbookSource() refuses what is not UTF-8", async () => {
  await using setting = openSetting({
    requests: [async (exchange) => {
      await exchange.begin({ "content-type": "application/json" });
      await exchange.chunk('{"features":{"version":{"defaultValue":"');
      await exchange.chunk(new Uint8Array([0xff, 0xfe]));
      await exchange.chunk('"}}}');
      await exchange.end();
    }, give(1)],
  }, noPolling);
  await setting.pass(750);
  await setting.until("750 ok none");
  assertEquals(setting.story.slice(1, 2), ["0 failed not-json, again in 750"]);
});

Deno.test("growthbookSource() reads an answer that is cut inside a character", async () => {
  const bytes = new TextEncoder().encode(payloadText("Grüße 🦊"));
  await using setting = openSetting({
    requests: [async (exchange) => {
      await exchange.begin({
        "content-type": "application/json; charset=utf-8",
      });
      for (const byte of bytes) await exchange.chunk(new Uint8Array([byte]));
      await exchange.end();
    }],
  }, noPolling);
  await setting.until('0 payload "Grüße 🦊"');
});

Deno.test("growthbookSource() leaves a server alone for as long as it asks, in seconds", async () => {
  const requests = [refuse(429, { "retry-after": "120" }), give(1)];
  await using setting = openSetting({ requests }, noPolling);
  await setting.pass(120_000);
  await setting.until("120000 ok none");
  assertEquals(setting.story.slice(1, 2), [
    "0 failed http-429, again in 120000",
  ]);
});

Deno.test("growthbookSource() leaves a server alone for as long as it asks, by date", async () => {
  const requests = [
    refuse(503, { "retry-after": "Thu, 01 Jan 1970 00:00:45 GMT" }),
    give(1),
  ];
  await using setting = openSetting({ requests }, noPolling);
  await setting.pass(45_000);
  await setting.until("45000 ok none");
});

Deno.test("growthbookSource() leaves a server alone for an hour at most", async () => {
  const requests = [refuse(503, { "retry-after": "99999" }), give(1)];
  await using setting = openSetting({ requests }, noPolling);
  await setting.pass(3_600_000);
  await setting.until("3600000 ok none");
});

Deno.test("growthbookSource() does not take a short Retry-After for leave to hurry", async () => {
  const requests = [refuse(429, { "retry-after": "0" }), give(1)];
  await using setting = openSetting({ requests }, noPolling);
  await setting.pass(750);
  await setting.until("750 ok none");
});

Deno.test("growthbookSource() sends the tag of its payload, and keeps the payload on a 304", async () => {
  await using setting = openSetting({
    requests: [give(1, { etag: '"v1"' }), refuse(304), give(2)],
  }, { polling: 60_001 });
  await setting.until("0 ok polling");
  await setting.pass(57_001);
  await setting.untilTrue(() => setting.asked.length === 2);
  await setting.pass(57_001);
  await setting.until("114002 payload 2");
  assertEquals(setting.asked, ["0 GET", '57001 GET "v1"', '114002 GET "v1"']);
});

Deno.test("growthbookSource() sends no tag that belongs to an answer it refused", async () => {
  await using setting = openSetting({
    requests: [give(1), refuse(200, { etag: '"bad"' }, "[]"), give(2)],
  }, { polling: 60_001 });
  await setting.until("0 ok polling");
  await setting.pass(57_001);
  await setting.pass(750);
  await setting.until("57751 payload 2");
  assertEquals(setting.asked, ["0 GET", "57001 GET", "57751 GET"]);
});

Deno.test("growthbookSource() emits an equal payload once", async () => {
  await using setting = openSetting({
    requests: [give(1), give(1, {}, "2026-01-01T00:00:00Z"), give(2)],
  }, { polling: 60_001 });
  await setting.until("0 ok polling");
  await setting.pass(57_001);
  await setting.untilTrue(() => setting.asked.length === 2);
  await setting.pass(57_001);
  await setting.until("114002 payload 2");
  assertEquals(setting.payloads.length, 2);
});

Deno.test("growthbookSource() ignores a payload that is older than the one it has", async () => {
  await using setting = openSetting({
    requests: [
      give(2, {}, "2026-01-02T00:00:00Z"),
      give(1, {}, "2026-01-01T00:00:00Z"),
      give(3, {}, "2026-01-03T00:00:00Z"),
    ],
  }, { polling: 60_001 });
  await setting.until("0 ok polling");
  await setting.pass(57_001);
  await setting.untilTrue(() => setting.asked.length === 2);
  await setting.pass(57_001);
  await setting.until("114002 payload 3");
  assertEquals(setting.payloads.length, 2);
});

Deno.test("growthbookSource() takes a refresh from within a report", async () => {
  await using setting = openSetting(
    { requests: [give(1), give(2)] },
    noPolling,
  );
  let refreshed: Promise<void> | null = null;
  const listening = setting.source.reports$!.subscribe(({ type }) => {
    if (type === "ok") refreshed ??= setting.source.refresh!();
  });
  await setting.until("0 payload 2");
  await refreshed;
  listening.unsubscribe();
  assertEquals(setting.asked, ["0 GET", "0 GET"]);
});

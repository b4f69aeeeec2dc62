import { assertEquals } from "@std/assert";
import { encryptText } from "../adapters/cli/encrypt_text.ts";
import { give, hang, pushed, pushes, refuse, stream } from "./answers.ts";
import {
  canaries,
  type Handler,
  openSetting,
  type Setting,
} from "./open_setting.ts";

const one = give(1, pushes);

/**
 * Waits until the stream stands and the request that follows was answered: then nothing is due
 * before the time in which a request has to be answered.
 */
async function untilStreaming(
  setting: Setting,
  gets: number = 2,
): Promise<void> {
  await setting.untilTrue(() =>
    setting.streams.length > 0 &&
    setting.asked.filter((line) => line.includes("GET")).length >= gets &&
    setting.timers().every((delay) => delay > 10_000)
  );
}

Deno.test("growthbookSource() connects where the server pushes, and asks again once it is connected", async () => {
  await using setting = openSetting({
    requests: [one, give(2, pushes)],
    streams: [stream],
  });
  await setting.until("0 payload 2");
  assertEquals(setting.asked, ["0 GET", "0 SUB", "0 GET"]);
  assertEquals(setting.story, [
    "0 loading",
    "0 payload 1",
    "0 ok streaming",
    "0 payload 2",
  ]);
});

Deno.test("growthbookSource() does not connect where the server says so in a failure", async () => {
  await using setting = openSetting({
    requests: [refuse(400, pushes), give(1)],
    streams: [stream],
  });
  await setting.pass(750);
  await setting.until("750 ok polling");
  assertEquals(setting.asked, ["0 GET", "750 GET"]);
});

Deno.test("growthbookSource() does not connect where it is not to", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] }, {
    streaming: false,
  });
  await setting.until("0 ok polling");
  assertEquals(setting.asked, ["0 GET"]);
});

Deno.test("growthbookSource() emits what is pushed", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  for (const version of [2, 3, 4]) {
    await setting.streams[0]!.chunk(pushed(version));
    await setting.until(`0 payload ${version}`);
  }
  assertEquals(setting.asked.length, 3);
});

Deno.test("growthbookSource() reads what is pushed byte by byte", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  const bytes = new TextEncoder().encode(pushed("Zoë 🦊"));
  for (const byte of bytes) {
    await setting.streams[0]!.chunk(new Uint8Array([byte]));
  }
  await setting.until('0 payload "Zoë 🦊"');
});

Deno.test("growthbookSource() reads megabytes that are cut inside a character", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  const text = "🦊".repeat(1_000_000);
  const bytes = new TextEncoder().encode(pushed(text));
  for (let start = 0; start < bytes.length; start += 99_999) {
    await setting.streams[0]!.chunk(bytes.subarray(start, start + 99_999));
  }
  await setting.untilTrue(() => setting.payloads.length === 2);
  assertEquals(
    setting.payloads[1]?.features.version?.defaultValue === text,
    true,
  );
});

Deno.test("growthbookSource() connects again at once after a clean end, and finds what changed in the gap", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  await setting.streams[0]!.end();
  await setting.until("0 payload 2");
  assertEquals(setting.asked, ["0 GET", "0 SUB", "0 GET", "0 SUB", "0 GET"]);
  await setting.until("0 ok streaming, renewed 1");
  assertEquals(setting.reports.length, 3);
});

Deno.test("growthbookSource() takes a stream that keeps ending at once for a failure", async () => {
  const end: Handler = async (exchange) => {
    await stream(exchange);
    await exchange.end();
  };
  await using setting = openSetting({
    requests: [one],
    streams: [end, end, stream],
  });
  await setting.pass(1_500);
  await setting.until("1500 ok streaming, renewed 1");
  assertEquals(setting.story.slice(3), [
    "0 ok streaming, renewed 1",
    "0 failed stream-ended, again in 1500",
    "1500 ok streaming, renewed 1",
  ]);
});

Deno.test("growthbookSource() connects again after a stream was cut, and asks", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  setting.streams[0]!.cut();
  await setting.pass(750);
  await setting.until("750 ok streaming");
  assertEquals(setting.story.slice(3), [
    "0 failed network, again in 750",
    "750 payload 2",
    "750 ok streaming",
  ]);
});

Deno.test("growthbookSource() connects again after 70 s of silence, and closes the dead connection", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  await setting.pass(70_000);
  await setting.streams[0]!.closed;
  await setting.pass(750);
  await setting.until("70750 ok streaming");
  assertEquals(setting.story.slice(3), [
    "70000 failed silence, again in 750",
    "70750 payload 2",
    "70750 ok streaming",
  ]);
});

Deno.test("growthbookSource() gives up on a connection that is accepted and never answered", async () => {
  await using setting = openSetting({
    requests: [one],
    streams: [hang, stream],
  });
  await setting.untilTrue(() => setting.streams.length === 1);
  await setting.pass(10_000);
  await setting.streams[0]!.closed;
  await setting.pass(750);
  await setting.until("10750 ok streaming");
  assertEquals(setting.story.slice(3), [
    "10000 failed timeout, again in 750",
    "10750 ok streaming",
  ]);
});

const refusals: readonly (readonly [string, string, Handler, number])[] = [
  [
    "an HTML 404",
    "http-404",
    refuse(404, { "content-type": "text/html" }, "<h1>"),
    750,
  ],
  ["a 400", "http-400", refuse(400), 750],
  [
    "a 429 with a wait",
    "http-429",
    refuse(429, { "retry-after": "20" }),
    20_000,
  ],
  ["a 204", "http-204", refuse(204), 750],
  ["a 304", "http-304", refuse(304), 750],
  ["JSON", "content-type", give(9), 750],
  [
    "a redirect to another host",
    "redirect",
    refuse(302, { location: "http://localhost:9/" }),
    750,
  ],
  ["a closed connection", "network", (exchange) => exchange.cut(), 750],
];

for (const [name, code, handler, delay] of refusals) {
  Deno.test(`growthbookSource() connects again where the stream is ${name}`, async () => {
    await using setting = openSetting({
      requests: [one],
      streams: [handler, stream],
    });
    await setting.pass(delay);
    await setting.until(`${delay} ok streaming`);
    assertEquals(setting.story, [
      "0 loading",
      "0 payload 1",
      "0 ok streaming",
      `0 failed ${code}, again in ${delay}`,
      `${delay} ok streaming`,
    ]);
  });
}

Deno.test("growthbookSource() asks regularly after five failures in a minute, until a stream stands again", async () => {
  await using setting = openSetting({
    requests: [one, give(2, pushes), give(3, pushes), give(4, pushes)],
    streams: [...Array(6).fill(refuse(500)), stream],
  }, { polling: 20_000 });
  for (const delay of [750, 1_500, 3_000, 6_000]) await setting.pass(delay);
  await setting.until("11250 ok polling");
  await setting.pass(12_000);
  await setting.untilTrue(() => setting.timers().includes(22_500));
  await setting.pass(7_000);
  await setting.until("30250 payload 3");
  await setting.pass(15_500);
  await setting.until("45750 ok streaming");
  assertEquals(setting.story.slice(3), [
    "0 failed http-500, again in 750",
    "750 failed http-500, again in 1500",
    "2250 failed http-500, again in 3000",
    "5250 failed http-500, again in 6000",
    "11250 failed http-500, again in 12000",
    "11250 payload 2",
    "11250 ok polling",
    "30250 payload 3",
    "45750 payload 4",
    "45750 ok streaming",
  ]);
});

Deno.test("growthbookSource() goes on asking regularly where a stream that stands again fails at once", async () => {
  const cut: Handler = async (exchange) => {
    await stream(exchange);
    exchange.cut();
  };
  await using setting = openSetting({
    requests: [one],
    streams: [...Array(5).fill(refuse(500)), cut, hang],
  }, { polling: 30_000 });
  for (const delay of [750, 1_500, 3_000, 6_000]) await setting.pass(delay);
  await setting.until("11250 ok polling");
  await setting.pass(12_000);
  await setting.until("23250 failed network, again in 22500");
  await setting.until("23250 ok polling");
});

Deno.test("growthbookSource() never asks regularly where it is not to", async () => {
  await using setting = openSetting({
    requests: [one],
    streams: [refuse(500)],
  }, { polling: false });
  for (const delay of [750, 1_500, 3_000, 6_000, 12_000, 22_500]) {
    await setting.pass(delay);
  }
  await setting.until("45750 failed http-500, again in 22500");
  assertEquals(setting.asked.filter((line) => line.includes("GET")).length, 1);
});

/** Waits until that many requests for the payload have come, answered or not. */
async function untilAsked(setting: Setting, gets: number): Promise<void> {
  await setting.untilTrue(() =>
    setting.asked.filter((line) => line.includes("GET")).length === gets
  );
}

Deno.test("growthbookSource() discards an answer that a push overtook, and asks once more", async () => {
  let answerLate = () => {};
  await using setting = openSetting({
    requests: [one, async (exchange) => {
      await new Promise<void>((resolve) => answerLate = resolve);
      await give(1.5, pushes)(exchange);
    }, give(3, pushes)],
    streams: [stream],
  });
  await untilAsked(setting, 2);
  await setting.streams[0]!.chunk(pushed(2));
  await setting.until("0 payload 2");
  answerLate();
  await setting.until("0 payload 3");
  assertEquals(setting.story.slice(3), ["0 payload 2", "0 payload 3"]);
  assertEquals(setting.asked.length, 4);
});

Deno.test("growthbookSource() asks no second time after an answer was overtaken twice", async () => {
  const late: (() => void)[] = [];
  const answerLate: Handler = async (exchange) => {
    await new Promise<void>((resolve) => late.push(resolve));
    await give(0, pushes)(exchange);
  };
  await using setting = openSetting({
    requests: [one, answerLate],
    streams: [stream],
  });
  await untilAsked(setting, 2);
  for (const version of [2, 3]) {
    await setting.streams[0]!.chunk(pushed(version));
    await setting.until(`0 payload ${version}`);
    late.at(-1)!();
    if (version === 2) await untilAsked(setting, 3);
  }
  const refreshed = setting.source.refresh!();
  await untilAsked(setting, 4);
  late.at(-1)!();
  await refreshed;
  assertEquals(setting.payloads.length, 4);
  assertEquals(setting.asked.length, 5);
});

Deno.test("growthbookSource() takes an answer that a push overtook where its date is later", async () => {
  let answerLate = () => {};
  await using setting = openSetting({
    requests: [one, async (exchange) => {
      await new Promise<void>((resolve) => answerLate = resolve);
      await give(3, pushes, "2026-01-03T00:00:00Z")(exchange);
    }],
    streams: [stream],
  });
  await untilAsked(setting, 2);
  await setting.streams[0]!.chunk(pushed(2, "2026-01-02T00:00:00Z"));
  await setting.until("0 payload 2");
  answerLate();
  await setting.until("0 payload 3");
  assertEquals(setting.asked.length, 3);
});

Deno.test("growthbookSource() ignores what is pushed with an earlier date", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  const dates = ["03", "02", "04"].map((day) => `2026-01-${day}T00:00:00Z`);
  for (const [index, date] of dates.entries()) {
    await setting.streams[0]!.chunk(pushed(index + 2, date));
  }
  await setting.until("0 payload 4");
  assertEquals(setting.story.slice(3), ["0 payload 2", "0 payload 4"]);
});

Deno.test("growthbookSource() emits once what is pushed twice", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  for (const version of [1, 2, 2, 2, 3]) {
    await setting.streams[0]!.chunk(pushed(version));
  }
  await setting.until("0 payload 3");
  assertEquals(setting.story.slice(3), ["0 payload 2", "0 payload 3"]);
});

Deno.test("growthbookSource() asks for what was pushed and can't be read", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  await setting.streams[0]!.chunk("event: features\ndata: {broken\n\n");
  await setting.pass(750);
  await setting.until("750 ok streaming");
  assertEquals(setting.story.slice(3), [
    "0 failed not-json, again in 750",
    "750 payload 2",
    "750 ok streaming",
  ]);
});

Deno.test("growthbookSource() asks for what was pushed and has no features", async () => {
  for (const data of ["{}", '{"message":"Internal server error"}']) {
    await using setting = openSetting({
      requests: [one, one, give(2, pushes)],
      streams: [stream],
    });
    await untilStreaming(setting);
    await setting.streams[0]!.chunk(`event: features\ndata: ${data}\n\n`);
    await setting.pass(750);
    await setting.until("750 ok streaming");
    assertEquals(setting.story.slice(3), [
      "0 failed not-a-payload, again in 750",
      "750 payload 2",
      "750 ok streaming",
    ]);
  }
});

Deno.test("growthbookSource() drops a stream whose event is too large, and asks", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  }, { maxBytes: 10_000 });
  await untilStreaming(setting);
  await setting.streams[0]!.chunk(
    `event: features\ndata: ${"x".repeat(20_000)}`,
  );
  await setting.pass(750);
  await setting.until("750 payload 2");
  assertEquals(setting.story.slice(3, 4), ["0 failed too-large, again in 750"]);
});

Deno.test("growthbookSource() drops a stream that is not UTF-8", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  await setting.streams[0]!.chunk(new Uint8Array([0x64, 0xff, 0xff]));
  await setting.pass(750);
  await setting.until("750 ok streaming");
  assertEquals(setting.story.slice(3, 4), ["0 failed not-utf8, again in 750"]);
});

Deno.test("growthbookSource() ignores pings, unknown events and half an event", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  const [events] = setting.streams;
  await events!.chunk(
    "data:\n\n: comment\n\nid: 7\nevent: other\ndata: {}\n\nhello\n\n",
  );
  await events!.chunk(pushed(9).slice(0, -20));
  await events!.end();
  await setting.until("0 payload 2");
  assertEquals(setting.payloads.length, 2);
});

Deno.test("growthbookSource() asks where the server pushes that something changed", async () => {
  await using setting = openSetting({
    requests: [one, one, give(2, pushes)],
    streams: [stream],
  });
  await untilStreaming(setting);
  await setting.streams[0]!.chunk("event: features-updated\ndata:\n\n");
  await setting.until("0 payload 2");
});

Deno.test("growthbookSource() compares after decryption, so the same under another vector is emitted once", async () => {
  const { decryptionKey } = canaries;
  const encrypt = async (version: number) =>
    JSON.stringify({
      status: 200,
      features: {},
      encryptedFeatures: await encryptText(
        JSON.stringify({ version: { defaultValue: version } }),
        decryptionKey,
      ),
    });
  await using setting = openSetting({
    requests: [
      async (exchange) => exchange.answer(200, await encrypt(1), pushes),
    ],
    streams: [stream],
  }, { decryptionKey });
  await untilStreaming(setting);
  const event = (data: string) => `event: features\ndata: ${data}\n\n`;
  for (const version of [1, 2, 2, 3]) {
    await setting.streams[0]!.chunk(event(await encrypt(version)));
  }
  await setting.until("0 payload 3");
  assertEquals(setting.story.slice(3), ["0 payload 2", "0 payload 3"]);
});

Deno.test("growthbookSource() keeps its payload where the next is encrypted with another key", async () => {
  const encryptedFeatures = await encryptText("{}", "AAAAAAAAAAAAAAAAAAAAAA==");
  await using setting = openSetting({ requests: [one], streams: [stream] }, {
    decryptionKey: canaries.decryptionKey,
  });
  await untilStreaming(setting);
  const data = JSON.stringify({ status: 200, features: {}, encryptedFeatures });
  await setting.streams[0]!.chunk(`event: features\ndata: ${data}\n\n`);
  await setting.until("0 failed decryption-failed, again in 750");
  await setting.pass(750);
  await setting.until("750 ok streaming");
  assertEquals(setting.payloads.length, 1);
});

Deno.test("growthbookSource() serves its last good payload through everything", async () => {
  await using setting = openSetting({
    requests: [one, refuse(500)],
    streams: [stream, refuse(500)],
  });
  await untilStreaming(setting);
  await setting.pass(750);
  setting.streams[0]!.cut();
  await setting.until("750 failed network, again in 750");
  const late: unknown[] = [];
  setting.source.subscribe(({ features }) =>
    late.push(features.version?.defaultValue)
  )
    .unsubscribe();
  assertEquals(late, [1]);
});

Deno.test("growthbookSource() shares one connection among its subscribers, and closes it with the last", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  const second = setting.source.subscribe();
  await untilStreaming(setting);
  second.unsubscribe();
  await setting.streams[0]!.chunk(pushed(2));
  await setting.until("0 payload 2");
  setting.unsubscribe();
  await setting.streams[0]!.closed;
  assertEquals(setting.asked, ["0 GET", "0 SUB", "0 GET"]);
});

Deno.test("growthbookSource() sends its headers to the stream, and asks for events", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  await untilStreaming(setting);
  const { path, headers } = setting.streams[0]!;
  assertEquals(path, `/sub/${canaries.clientKey}`);
  assertEquals(headers.get("authorization"), canaries.header);
  assertEquals(headers.get("accept"), "text/event-stream");
});

Deno.test("growthbookSource() refreshes with a request that begins after it was asked to", async () => {
  let answerLate = () => {};
  await using setting = openSetting({
    requests: [async (exchange) => {
      await new Promise<void>((resolve) => answerLate = resolve);
      await give(1)(exchange);
    }, give(2)],
  }, { polling: false });
  await setting.untilTrue(() => setting.asked.length === 1);
  const refreshed = [setting.source.refresh!(), setting.source.refresh!()];
  answerLate();
  await Promise.all(refreshed);
  assertEquals(setting.story, [
    "0 loading",
    "0 payload 1",
    "0 ok none",
    "0 payload 2",
  ]);
  assertEquals(setting.asked.length, 2);
});

Deno.test("growthbookSource() rejects a refresh that failed, and goes on", async () => {
  await using setting = openSetting({
    requests: [give(1), refuse(503), give(2)],
  }, { polling: false });
  await setting.until("0 ok none");
  const message = await setting.source.refresh!().catch((error) =>
    error.message
  );
  assertEquals(
    message.replace(/:\d+/, ""),
    "Cannot load the payload from 127.0.0.1: the answer has the status 503",
  );
  await setting.pass(750);
  await setting.until("750 payload 2");
});

Deno.test("growthbookSource() rejects a refresh where nobody is subscribed", async () => {
  await using setting = openSetting({ requests: [give(1)] }, {
    polling: false,
  });
  await setting.until("0 ok none");
  setting.unsubscribe();
  const message = await setting.source.refresh!().catch((error) =>
    error.message
  );
  assertEquals(message, "Cannot refresh: the source has no subscriber");
});

Deno.test("growthbookSource() is not held up by a subscriber that throws", async () => {
  await using setting = openSetting({ requests: [one], streams: [stream] });
  let failures = 0;
  // Where a subscriber fails, RxJS tells the runtime, later.
  const take = (event: ErrorEvent) => {
    event.preventDefault();
    failures++;
    setting.note();
  };
  addEventListener("error", take);
  const failing = setting.source.subscribe(() => {
    throw new Error("a subscriber failed");
  });
  await untilStreaming(setting);
  await setting.streams[0]!.chunk(pushed(2));
  await setting.until("0 payload 2");
  await setting.untilTrue(() => failures === 2);
  failing.unsubscribe();
  removeEventListener("error", take);
});

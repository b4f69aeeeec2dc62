import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { memoryStore } from "../../../adapters/client/mod.ts";
import {
  consume,
  deliver,
  fileSink,
  ga4Sink,
  growthbookSink,
  listParked,
  mixpanelSink,
  posthogSink,
  redeliver,
  segmentSink,
  sink,
  webhookSink,
} from "../../../adapters/delivery/mod.ts";

const send = () => {};
const own = { name: "own", send };

/** Options that each sink can be made with. */
const sinks: readonly (readonly [
  name: string,
  make: (options: object) => unknown,
])[] = [
  ["own", (options) => sink({ ...own, ...options })],
  ["file", (options) => fileSink("events.ndjson", options)],
  ["growthbook", (options) => growthbookSink({ clientKey: "a", ...options })],
  ["segment", (options) => segmentSink({ writeKey: "a", ...options })],
  ["posthog", (options) => posthogSink({ apiKey: "a", ...options })],
  ["mixpanel", (options) => mixpanelSink({ token: "a", ...options })],
  [
    "ga4",
    (options) => ga4Sink({ measurementId: "G-A", apiSecret: "a", ...options }),
  ],
  [
    "webhook",
    (options) =>
      webhookSink({ url: "https://shop.example/", secret: "a", ...options }),
  ],
];

for (const [name, make] of sinks) {
  Deno.test(`the sink ${name} refuses options that can't be meant`, () => {
    make({});
    const start = `Cannot make the sink "${name}": `;
    assertThrows(
      () => make({ type: ["custom"] }),
      TypeError,
      `${start}there is no option "type"`,
    );
    assertThrows(
      () => make({ types: "custom" }),
      TypeError,
      `${start}types should be a list of texts, the current value is "custom"`,
    );
  });
}

Deno.test("sinks refuse options that are no object, and a name that is no text", () => {
  const makers: readonly (readonly [string, (options: never) => unknown])[] = [
    ["", sink],
    [' "file"', (options) => fileSink("events.ndjson", options)],
    [' "growthbook"', growthbookSink],
    [' "segment"', segmentSink],
    [' "posthog"', posthogSink],
    [' "mixpanel"', mixpanelSink],
    [' "ga4"', ga4Sink],
    [' "webhook"', webhookSink],
  ];
  for (const [name, make] of makers) {
    assertThrows(
      () => make(null as never),
      TypeError,
      `Cannot make the sink${name}: options should be an object, the current value is null`,
    );
    assertThrows(
      () => make({ send, name: Symbol() } as never),
      TypeError,
      `Cannot make the sink${name}: `,
    );
  }
});

Deno.test("sinks refuse limits that are parts of an event", () => {
  for (const limit of ["events", "requests"]) {
    for (const make of [sinks[0]![1], sinks[2]![1]]) {
      assertThrows(
        () => make({ limits: { [limit]: 2.5 } }),
        RangeError,
        `${limit} should be a whole number above 0, the current value is 2.5`,
      );
    }
  }
});

Deno.test("sinks refuse limits that can't be meant", () => {
  for (const make of [sinks[0]![1], sinks[2]![1]]) {
    assertThrows(
      () => make({ limits: { event: 10 } }),
      TypeError,
      'with its limits: there is no option "event"',
    );
    assertThrows(
      () => make({ limits: { events: "10" } }),
      RangeError,
      'with its limits: events should be a whole number above 0, the current value is "10"',
    );
  }
});

Deno.test("sinks name the option that is no URL, without its value", () => {
  const secret = "user:canary-7f3a@shop.example";
  assertThrows(
    () => growthbookSink({ clientKey: "a", host: secret }),
    TypeError,
    'Cannot make the sink "growthbook": host should be a URL of http or https',
  );
  assertThrows(
    () => webhookSink({ secret: "a" } as never),
    TypeError,
    'Cannot make the sink "webhook": url should be a URL of http or https, and is of type undefined',
  );
});

Deno.test("sink() names itself where it has no name", () => {
  assertThrows(
    () => sink({ send } as never),
    TypeError,
    "Cannot make the sink: the current name is of type undefined",
  );
});

Deno.test("consume() and deliver() refuse what is no store, no sink and no option", () => {
  const store = memoryStore();
  for (const odd of [undefined, "log.db", {}, Promise.resolve(store)]) {
    const needed =
      "a store is needed, such as of sqliteStore(path), the current value is";
    assertThrows(
      () => deliver(odd as never, sink(own)),
      TypeError,
      `Cannot deliver to a sink: ${needed}`,
    );
    assertThrows(
      () => consume(odd as never, "own", send),
      TypeError,
      `Cannot consume a store: ${needed}`,
    );
    assertThrows(
      () => deliver(store, odd as never),
      TypeError,
      "Cannot deliver to the sink: a sink is needed, such as of sink({ name, send })",
    );
  }
  assertThrows(
    () => deliver(store, sink(own), { onerror: send } as never),
    TypeError,
    'Cannot deliver to the sink "own": there is no option "onerror"',
  );
  assertThrows(
    () => consume(store, "own", send, { inorder: false } as never),
    TypeError,
    'Cannot consume a store: there is no option "inorder"',
  );
  for (
    const read of [
      () => consume(store, "own", send, null as never),
      () => deliver(store, sink(own), null as never),
    ]
  ) {
    assertThrows(
      read,
      TypeError,
      "options should be an object, the current value is null",
    );
  }
  assertThrows(
    () => consume(store, "own", send, { clock: { now: Date.now } as never }),
    TypeError,
    "Cannot consume a store: clock should be a clock, { now, setTimer }",
  );
  assertThrows(
    () => consume(store, "own", send, { batchSize: "5" as never }),
    RangeError,
    'the current value of batchSize is "5"',
  );
});

Deno.test("listParked() and redeliver() refuse what is no store, no name and no list of ids", async () => {
  const store = memoryStore();
  await assertRejects(
    () => listParked("log.db" as never, "own"),
    TypeError,
    "Cannot list what is parked: a store is needed",
  );
  const task = "Cannot deliver parked events again";
  await assertRejects(
    () => redeliver("log.db" as never, "own"),
    TypeError,
    `${task}: a store is needed`,
  );
  await assertRejects(
    () => redeliver(store, ""),
    TypeError,
    `${task}: the current name is empty`,
  );
  await assertRejects(
    () => redeliver(store, "own", "some-id" as never),
    TypeError,
    `${task}: ids should be a list of texts, the current value is "some-id"`,
  );
});

Deno.test("flush() of a consumer survives null, and tells of what is no timeout", async () => {
  const errors: unknown[] = [];
  const consumer = consume(memoryStore(), "own", send, {
    onError: (error) => errors.push(error),
  });
  assertEquals(await consumer.flush(null as never), true);
  assertEquals(errors, []);
  for (const timeout of ["5s", NaN, Symbol()] as never[]) {
    assertEquals(await consumer.flush({ timeout }), true);
  }
  assertEquals(errors.map((error) => (error as Error).message), [
    'Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is "5s"',
    "Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is NaN",
    "Cannot use the timeout: { timeout }, a number from 0 on, is needed, and the current value is a symbol",
  ]);
  await consumer.stop();
});

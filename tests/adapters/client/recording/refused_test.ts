import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import {
  type EventStore,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import { createWriter } from "../../../../adapters/client/recording/store/create_writer.ts";
import type { Experiment } from "../../../../mod.ts";
import { arbitraryHostileValue } from "../../../arbitraries/hostile/hostile_values.ts";
import { malformed } from "../../../support/malformed.ts";
import { passTime } from "../../../support/pass_time.ts";
import { runs } from "../../../support/runs.ts";
import { open } from "../support.ts";

const userOf = (id: string) => ({ attributes: { id } });

/** A store in memory whose appends fail where a test says so, by their number from 1. */
function failingStore(failure: (call: number) => Error | null): EventStore {
  const store = memoryStore();
  let calls = 0;
  return {
    ...store,
    append: (events, options) => {
      const error = failure(++calls);
      return error === null
        ? store.append(events, options)
        : Promise.reject(error);
    },
  };
}

Deno.test("a store that fails with a TypeError, as fetch does, is asked again, and nothing is dropped", async () => {
  using time = new FakeTime();
  const store = failingStore((call) =>
    call <= 5 ? new TypeError("fetch failed") : null
  );
  const { client } = open({ store });
  for (const id of ["a", "b", "c"]) client.forUser(userOf(id)).isOn("cta");
  await passTime(time, 300_000);
  const { recorded, delivered, dropped, pending } = client
    .deliveries()["store"]!;
  assertEquals([recorded, delivered, dropped, pending], [3, 3, 0, 0]);
  assertEquals((await store.read(0)).length, 3);
  await client.close();
});

const answers: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a text", "x"],
  ["too few events", [{ position: 1 }]],
  ["positions that are none", [1, NaN, 2].map((position) => ({ position }))],
  ["an endless position", [1, 2, Infinity].map((position) => ({ position }))],
  ["no events", [null, null, null]],
];

for (const [what, answer] of answers) {
  Deno.test(`a store that answers with ${what} is asked again, and each entry counts once`, async () => {
    using time = new FakeTime();
    const memory = memoryStore();
    let isOdd = true;
    const { client, events, errors } = open({
      store: {
        ...memory,
        append: (...args) =>
          isOdd ? Promise.resolve(answer as never) : memory.append(...args),
      },
      trackingCallback: () => {},
    });
    for (const id of ["a", "b", "c"]) client.forUser(userOf(id)).isOn("cta");
    await passTime(time, 60_000);
    const { delivered, pending } = client.deliveries()["store"]!;
    assertEquals([delivered, pending], [0, 3]);
    assert(
      String(errors[0]).endsWith(
        "the store did not give back the 3 that it was given",
      ),
    );
    isOdd = false;
    await passTime(time, 60_000);
    for (const report of Object.values(client.deliveries())) {
      assertEquals([report.recorded, report.delivered], [3, 3]);
    }
    const told = events.filter(({ type }) => type === "experiment.viewed");
    assertEquals(told.length, 3);
    await client.close();
  });
}

Deno.test("an inline experiment that is malformed holds up no other exposure, whatever is in it", async () => {
  const field = fc.constantFrom<keyof Experiment>(
    ...["key", "meta", "name", "phase", "seed", "hashAttribute"] as const,
    ...["ranges", "weights", "coverage", "hashVersion", "filters"] as const,
    ...["bucketVersion", "minBucketVersion", "contextualBandit"] as const,
  );
  const hostile = fc.oneof(
    arbitraryHostileValue,
    arbitraryHostileValue.map((key) => [{ key }, { key }]),
    arbitraryHostileValue.map((name) => [{ name }, { name }]),
    arbitraryHostileValue.map((end) => [[0, 1], [end, end]]),
  );
  const fields = fc.dictionary(field, hostile, { minKeys: 1, maxKeys: 3 });
  let viewed = 0;
  await fc.assert(
    fc.asyncProperty(fields, async (fields) => {
      const store = memoryStore();
      const { client } = open({ store, onError: () => {} });
      const user = client.forUser(userOf("7"));
      const experiment = { key: "odd", variations: [0, 1], ...fields };
      user.runExperiment(malformed<Experiment>(experiment));
      user.isOn("cta");
      const { isDelivered } = await client.flush();
      assert(isDelivered);
      const { recorded, delivered } = client.deliveries()["store"]!;
      assertEquals(delivered, recorded);
      const keys = (await store.read(0))
        .map(({ data }) => data["experimentKey"]);
      assertEquals(keys.at(-1), "cta-test");
      viewed += keys.length - 1;
      await client.close();
    }),
    runs(200),
  );
  assert(viewed > 50, `${viewed}`);
});

type WriterOptions = Parameters<typeof createWriter>[0];
type Entry = ReturnType<WriterOptions["waiting"]["take"]>[number];

/** A writer whose entries are events already, and what it did. */
function openWriter(
  store: EventStore,
  entries: readonly unknown[],
) {
  const dropped: unknown[] = [];
  const errors: unknown[] = [];
  let waiting = malformed<Entry[]>(entries);
  const eventOf = (entry: unknown) => {
    if (entry instanceof Error) throw entry;
    return entry;
  };
  const writer = createWriter(malformed<WriterOptions>({
    store,
    exposureAge: 1000,
    maker: { eventOf },
    tally: {
      drop: (entries: readonly unknown[]) => dropped.push(...entries),
      forget: () => {},
      stored: { delivered: 0 },
    },
    tell: () => {},
    waiting: {
      length: () => waiting.length,
      take: () => waiting.splice(0),
      putBack: (left: readonly Entry[]) => waiting = [...left, ...waiting],
    },
    lanes: { open: () => Promise.resolve(null), take: () => {} },
    isAbout: () => false,
    isPaused: () => false,
    clock: {
      setTimer: (call: () => void) => {
        queueMicrotask(call);
        return () => {};
      },
      now: () => 0,
    },
    delayAfter: () => 0,
    report: (error: unknown) => errors.push(error),
    onError: (error: unknown) => errors.push(error),
    within: (promise: Promise<void>) => promise,
    signal: new AbortController().signal,
  }));
  return { writer, dropped, errors };
}

const event = { id: "a", type: "custom", time: 0, version: 1, data: {} };

for (
  const [name, refused] of [
    ["has no id", { ...event, id: "" }],
    ["has data that are no JSON", { ...event, id: "b", data: { big: 1n } }],
    ["can't be made", new RangeError("Too deep")],
  ] as const
) {
  Deno.test(`a writer drops an entry that ${name} once, and writes the others`, async () => {
    const store = failingStore((call) => call === 2 ? new Error("down") : null);
    const last = { ...event, id: "z" };
    const { writer, dropped } = openWriter(store, [event, refused, last]);
    assert(await writer.flush(() => Infinity));
    assertEquals(dropped, [refused]);
    assertEquals((await store.read(0)).map(({ id }) => id), ["a", "z"]);
  });
}

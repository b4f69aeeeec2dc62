import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import { Subject } from "rxjs";
import {
  type EventStore,
  memoryStore,
  type PayloadSource,
} from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";
import { runs } from "../../../support/runs.ts";
import { open } from "../support.ts";
import { passDuring, passTime } from "../../../support/pass_time.ts";

/** A store in memory that refuses an append where a list says so, and then takes everything. */
function failingStore(failures: readonly boolean[]): EventStore {
  const memory = memoryStore();
  let next = 0;
  return {
    ...memory,
    append: (events) =>
      failures[next++]
        ? Promise.reject(new Error("The disk is busy"))
        : memory.append(events),
  };
}

/** Eight failures in a row take 92 seconds of waiting, in milliseconds. */
const healing = 120_000;

const schedule = fc.record({
  failures: fc.array(fc.boolean(), { maxLength: 8 }),
  capacity: fc.integer({ min: 1, max: 6 }),
  reads: fc.array(
    fc.record({
      user: fc.constantFrom("a", "b", "c", "d"),
      wait: fc.constantFrom(0, 0, 1, 700),
    }),
    { maxLength: 30 },
  ),
});

Deno.test("an exposure that the store refused or the intake had no room for is never hidden", async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ failures, capacity, reads }) => {
      using time = new FakeTime();
      const store = failingStore(failures);
      const { client } = open({
        store,
        recording: { capacity },
        random: () => 1,
      });
      const read = (user: string) =>
        client.forUser({ attributes: { id: user } }).isOn("cta");
      for (const { user, wait } of reads) {
        read(user);
        if (wait > 0) await passTime(time, wait);
      }
      await passTime(time, healing);
      // A user who could not be recorded then is recorded at the next read.
      for (const user of new Set(reads.map(({ user }) => user))) {
        read(user);
        await passTime(time, healing);
      }
      await client.close();
      const events = await store.read(0);
      const viewed = events.filter(({ type }) => type === "experiment.viewed");
      const users = viewed.map(({ data }) => data["hashValue"]);
      const expected = new Set(reads.map(({ user }) => user));
      assertEquals(new Set(users), expected);
      assertEquals(users.length, expected.size);
    }),
    runs(60),
  );
});

Deno.test("trackingCallback is called with each exposure, whatever fails on the way", async () => {
  await fc.assert(
    fc.asyncProperty(
      schedule,
      fc.array(fc.boolean(), { maxLength: 6 }),
      async ({ failures, reads }, refusals) => {
        using time = new FakeTime();
        const called: unknown[] = [];
        let call = 0;
        const { client } = open({
          store: failingStore(failures),
          random: () => 1,
          trackingCallback: (_experiment, { hashValue }) => {
            if (refusals[call++]) throw new Error("Busy");
            called.push(hashValue);
          },
        });
        for (const { user, wait } of reads) {
          client.forUser({ attributes: { id: user } }).isOn("cta");
          if (wait > 0) await passTime(time, wait);
        }
        await passTime(time, healing);
        const expected = new Set(reads.map(({ user }) => user));
        assertEquals(new Set(called), expected);
        assertEquals(called.length, expected.size);
        await client.close();
      },
    ),
    runs(60),
  );
});

Deno.test("close() without a time gives up on a store that fails forever", async () => {
  using time = new FakeTime();
  const { client } = open({
    store: failingStore(Array(1000).fill(true)),
    trackingCallback: () => {},
  });
  client.logEvent("bye");
  const { dropped, pending } = (await passDuring(time, 10_000, client.close()))
    .consumers["store"]!;
  assertEquals([dropped, pending], [1, 0]);
});

Deno.test("forcing nothing where nothing was forced changes nothing", async () => {
  const { client, events } = open();
  const before = client.snapshot();
  client.setForcedFeatureValues({});
  client.setForcedVariations({});
  client.setUrl("");
  assertEquals(client.snapshot() === before, true);
  assertEquals(events.length, 1);
  await client.close();
});

Deno.test("a refresh that close() cuts off, or that comes after it, is no error", async () => {
  const source = Object.assign(new Subject<Payload>(), {
    refresh: () =>
      new Promise<void>((_, reject) => {
        rejects.push(() => reject(new Error("The source was stopped")));
      }),
  });
  const rejects: (() => void)[] = [];
  const { client, errors } = open({
    source: source as Partial<PayloadSource> as PayloadSource,
  });
  const refreshed = client.refresh();
  await client.close();
  for (const reject of rejects) reject();
  assertEquals((await refreshed).status, "closed");
  assertEquals((await client.refresh()).status, "closed");
  assertEquals([errors, rejects.length], [[], 1]);
});

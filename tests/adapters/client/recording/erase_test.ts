import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import * as fc from "fast-check";
import { Subject } from "rxjs";
import {
  type Client,
  type EventStore,
  logStickyBuckets,
  memoryStore,
} from "../../../../adapters/client/mod.ts";
import type { ErasedUser } from "../../../../adapters/log/port/is_about.ts";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { passTime } from "../../../support/pass_time.ts";
import { runs } from "../../../support/runs.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { open } from "../support.ts";

const ada = { attribute: "id", value: "ada" };
const userOfAnn = { attribute: "id", value: "ann" };
const userOf = (id: unknown) => ({ attributes: { id } } as const);
const tracking = "tracking-callback";

/** A store in memory that takes nothing while it is down. */
function fallibleStore(): EventStore & { isDown: boolean } {
  const store = memoryStore();
  const fallible: EventStore & { isDown: boolean } = {
    ...store,
    isDown: false,
    append:
      ((events, options) =>
        fallible.isDown
          ? Promise.reject(new Error("down"))
          : store.append(events, options)) as EventStore["append"],
  };
  return fallible;
}

async function usersIn(store: EventStore): Promise<readonly unknown[]> {
  return (await store.read(0)).map(({ data }) => data["hashValue"]);
}

function assertSums(client: Client): void {
  for (const report of Object.values(client.deliveries())) {
    const { recorded, delivered, pending, parked, dropped } = report;
    assertEquals(recorded, delivered + pending + parked + dropped);
    assert(Math.min(recorded, delivered, pending, parked, dropped) >= 0);
  }
}

Deno.test("what waits for a store that is down is erased with its user", async () => {
  using time = new FakeTime();
  const store = fallibleStore();
  store.isDown = true;
  const called: unknown[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, result) => void called.push(result.hashValue),
  });
  // The first is with the store when it is erased, the second waits behind it.
  client.forUser(userOf("ada")).isOn("cta");
  client.forUser(userOf("bob")).isOn("cta");
  await passTime(time, 100);
  client.forUser(userOf("ada")).isOn("dark");
  await store.erase(ada);
  store.isDown = false;
  await passTime(time, 60_000);
  await client.flush();
  assertEquals(await usersIn(store), ["bob"]);
  assertEquals(called, ["bob"]);
  assertEquals(client.deliveries()[tracking]!.recorded, 1);
  assertSums(client);
  await client.close();
});

Deno.test("a callback is not tried again with a user who was erased", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const called: unknown[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, result) => {
      called.push(result.hashValue);
      if (result.hashValue === "ada") throw new Error("503");
    },
  });
  client.forUser(userOf("ada")).isOn("cta");
  client.forUser(userOf("bob")).isOn("cta");
  await passTime(time, 10);
  await store.erase(ada);
  const before = called.length;
  await passTime(time, 120_000);
  assertEquals(called.slice(before), []);
  const { recorded, delivered, pending } = client.deliveries()[tracking]!;
  assertEquals([recorded, delivered, pending], [1, 1, 0]);
  assert((await client.flush()).isDelivered);
  assertSums(client);
  await client.close();
  // Nothing is left for another client.
  const left = (await store.consumers()).filter(({ checkpoint }) =>
    checkpoint.unsettled.length > 0
  );
  assertEquals(left, []);
});

Deno.test("what waits for consent is erased with its user, a number or its text", async () => {
  const store = memoryStore();
  const { client } = open({
    store,
    tracking: "paused",
    trackingCallback: () => {},
  });
  client.forUser(userOf(7)).isOn("cta");
  client.forUser(userOf("8")).isOn("cta");
  await store.erase({ attribute: "id", value: "7" });
  client.resumeTracking();
  await client.flush();
  assertEquals(await usersIn(store), ["8"]);
  assertSums(client);
  await client.close();
});

Deno.test("a user who was erased and comes back is recorded anew", async () => {
  const store = sqliteStore(`${temporaryFolder()}/log.db`);
  const { client } = open({ store, trackingCallback: () => {} });
  const see = async (id: string) => {
    client.forUser(userOf(id)).isOn("cta");
    await client.flush();
  };
  await see("ada");
  await see("bob");
  await store.erase(ada);
  await see("ada");
  await see("bob");
  const users = await usersIn(store);
  assertEquals(users, [undefined, "bob", "ada"]);
  await client.close();
  await store.close();
});

Deno.test("a user known by a list, or by a text like one, is recorded anew after an erasure", async () => {
  const store = memoryStore();
  const { client } = open({ store, trackingCallback: () => {} });
  for (const [id, value] of [[["7"], '["7"]'], ["\0text", "\0text"]]) {
    client.forUser(userOf(id)).isOn("cta");
    await client.flush();
    await store.erase({ attribute: "id", value: String(value) });
    client.forUser(userOf(id)).isOn("cta");
    await client.flush();
  }
  const users = await usersIn(store);
  assertEquals(users, [undefined, ["7"], undefined, "\0text"]);
  await client.close();
});

Deno.test("a client that is closed hears of no erasure", async () => {
  const store = memoryStore();
  const { client, errors } = open({ store, trackingCallback: () => {} });
  client.forUser(userOf("ada")).isOn("cta");
  await client.close();
  await store.erase(ada);
  assertSums(client);
  assertEquals(errors, []);
});

Deno.test("sticky buckets of a log forget a user who is erased from it", async () => {
  const store = memoryStore();
  const buckets = logStickyBuckets(store);
  const save = (attributeValue: string) =>
    buckets.save({
      attributeName: "id",
      attributeValue,
      assignments: { button__0: "blue" },
    });
  const names = ["ada", "bob"].map((attributeValue) => ({
    attributeName: "id",
    attributeValue,
  }));
  save("ada");
  save("bob");
  await store.erase(ada);
  assertEquals(Object.keys(await buckets.load(names)), ["id||bob"]);
  const { documents } = await buckets.snapshot();
  assertEquals(documents.map((each) => each.attributeValue), ["bob"]);
});

Deno.test("whenever a user is erased, the store ends up without that user, and the sums hold", async () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant("see" as const), user: fc.nat(3) }),
    fc.record({ type: fc.constant("erase" as const), user: fc.nat(3) }),
    fc.record({ type: fc.constant("down" as const), isDown: fc.boolean() }),
    fc.record({ type: fc.constant("wait" as const), time: fc.nat(3_000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      using time = new FakeTime();
      const store = fallibleStore();
      let calls = 0;
      const { client } = open({
        store,
        trackingCallback: () => {
          if (++calls % 3 === 0) throw new Error("503");
        },
      });
      const erased = new Set<number>();
      for (const each of steps) {
        if (each.type === "see") {
          erased.delete(each.user);
          client.forUser(userOf(each.user)).isOn("cta");
        } else if (each.type === "erase") {
          erased.add(each.user);
          await store.erase({ attribute: "id", value: each.user });
        } else if (each.type === "down") store.isDown = each.isDown;
        else await passTime(time, each.time);
        assertSums(client);
      }
      store.isDown = false;
      await passTime(time, 120_000);
      assert((await client.flush()).isDelivered);
      assertSums(client);
      const users = await usersIn(store);
      for (const user of erased) assert(!users.includes(user), `${user}`);
      await client.close();
    }),
    runs(30),
  );
});

Deno.test("a client and its sticky buckets survive a store whose stream of erasures fails", async () => {
  const erasures = new Subject<ErasedUser>();
  const store: EventStore = { ...memoryStore(), erasures };
  const told: unknown[] = [];
  const { client } = open({
    store,
    stickyBuckets: logStickyBuckets(store),
    onError: (error) => told.push(error),
  });
  const broken = new Error("the stream broke");
  erasures.error(broken);
  // RxJS throws what nobody takes in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(told, [broken]);
  client.logEvent("a");
  assertEquals((await client.flush()).isDelivered, true);
  await client.close();
});

Deno.test("a user who is erased by a callback is handed to none of the calls of the same turn", async () => {
  const store = memoryStore();
  const called: unknown[] = [];
  const { client } = open({
    store,
    trackingCallback: (_, { hashValue }) => {
      called.push(hashValue);
      if (called.length === 1) throw new Error("for the engine");
      if (called.length === 2) void store.erase(ada);
    },
  });
  for (const id of ["ann", "bob", "ada", "eve"]) {
    client.forUser(userOf(id)).isOn("cta");
  }
  await client.flush();
  assertEquals(called.includes("ada"), false);
  assertSums(client);
  assertEquals(client.deliveries()[tracking]!.recorded, 3);
  await client.close();
});

Deno.test("a user who is erased by a callback is handed to none of those that are called at once", async () => {
  for (const isOwn of [false, true]) {
    const store = memoryStore();
    const called: unknown[] = [];
    const { client } = open({
      store,
      trackingCallback: (_, { hashValue }) => {
        called.push(hashValue);
        if (called.length === 1) void store.erase(isOwn ? userOfAnn : ada);
      },
    });
    for (const id of ["ann", "bob", "ada", "eve"]) {
      client.forUser(userOf(id)).isOn("cta");
    }
    await client.flush();
    assertEquals(
      called,
      isOwn ? ["ann", "bob", "ada", "eve"] : ["ann", "bob", "eve"],
    );
    assertSums(client);
    const { recorded, delivered } = client.deliveries()[tracking]!;
    assertEquals([recorded, delivered], [called.length, called.length]);
    await client.close();
  }
});

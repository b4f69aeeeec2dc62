import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type EventStore,
  memoryStore,
} from "../../../../../../adapters/client/mod.ts";
import { passDuring, passTime } from "../../../../../support/pass_time.ts";
import { open } from "../../../support.ts";

/** A store that takes all owners for dead, as Redis does once it was frozen or started again. */
function forgetful(store: EventStore): EventStore {
  return {
    ...store,
    consumers: async () =>
      (await store.consumers()).map((state) => ({ ...state, owner: null })),
  };
}

Deno.test("a client delivers once though the store takes it for dead, and it claims its lane again", async () => {
  using time = new FakeTime();
  const calls: unknown[] = [];
  const { client } = open({
    store: forgetful(memoryStore()),
    trackingCallback: (_, { hashValue }) => void calls.push(hashValue),
  });
  const wanted: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (let index = 0; index < 10; index++) {
      const id = `${round}-${index}`;
      wanted.push(id);
      client.forUser({ attributes: { id } }).isOn("cta");
    }
    await passTime(time, 6_000);
  }
  assertEquals(calls, wanted);
  const { consumers } = await passDuring(time, 1_000, client.close());
  assertEquals(consumers["tracking-callback"]!.delivered, 40);
});

/** A store as a process sees it that was away for so long that its owners are taken for dead. */
function lapsing(
  store: EventStore,
): { store: EventStore; lapse: () => Promise<void> } {
  const claims: Parameters<EventStore["claim"]>[] = [];
  return {
    store: {
      ...store,
      claim: (key, owner) => {
        claims.push([key, owner]);
        return store.claim(key, owner);
      },
    },
    lapse: async () => {
      for (const claim of claims.splice(0)) await store.release(...claim);
    },
  };
}

Deno.test("clients deliver once though one of them lost its lane while it had nothing to deliver", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const calls: unknown[] = [];
  const trackingCallback = (
    _: unknown,
    { hashValue }: { readonly hashValue: unknown },
  ) => void calls.push(hashValue);
  const away = lapsing(store);
  const { client } = open({ store: away.store, trackingCallback });
  const { client: other } = open({ store, trackingCallback });
  other.forUser({ attributes: { id: "other" } }).isOn("cta");
  const wanted = ["other"];
  for (let round = 0; round < 4; round++) {
    for (let index = 0; index < 10; index++) {
      const id = `${round}-${index}`;
      wanted.push(id);
      client.forUser({ attributes: { id } }).isOn("cta");
    }
    await passTime(time, 6_000);
    await away.lapse();
  }
  await passTime(time, 20_000);
  assertEquals(calls, wanted);
  const [{ consumers }] = await passDuring(
    time,
    1_000,
    Promise.all([client.close(), other.close()]),
  );
  assertEquals(consumers["tracking-callback"]!.delivered, 40);
  assertEquals(await store.consumers(), []);
});

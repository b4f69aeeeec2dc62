import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import {
  type EventStore,
  memoryStore,
  type TrackingCallback,
} from "../../../../adapters/client/mod.ts";
import { listParked } from "../../../../adapters/delivery/list_parked.ts";
import { open, type Scene, shop } from "../support.ts";
import { passTime } from "../../../support/pass_time.ts";

type Call = Parameters<TrackingCallback>;

Deno.test("trackingCallback gets the experiment, the result and the user, once", async () => {
  const calls: Call[] = [];
  const { client } = open({
    attributes: { id: "1", country: "fr" },
    url: "https://a.example/",
    trackingCallback: (...call) => calls.push(call),
  });
  const { experiment, experimentResult } = client.evalFeature("cta");
  client.isOn("cta");
  const { isDelivered } = await client.flush();
  assertEquals(isDelivered, true);
  const [[shown, result, user, info]] = calls as [Call];
  assertEquals([shown, result], [experiment!, experimentResult!]);
  assertEquals(shown === experiment && result === experimentResult, true);
  assertEquals(user, {
    attributes: { id: "1", country: "fr" },
    url: "https://a.example/",
  });
  assertEquals([info.attempt, info.isRebuilt, info.signal.aborted], [
    1,
    false,
    false,
  ]);
  assertEquals(info.id.length, 36);
  await client.close();
  assertEquals(calls.length, 1);
});

Deno.test("trackingCallback is called again when it throws or rejects, and only for what failed", async () => {
  using time = new FakeTime();
  const calls: string[] = [];
  const { client } = open({
    random: () => 1,
    trackingCallback: (_experiment, { hashValue }) => {
      calls.push(String(hashValue));
      if (hashValue !== "2") return;
      const attempts = calls.filter((id) => id === "2").length;
      if (attempts === 1) throw new Error("Busy");
      if (attempts === 2) return Promise.reject(new Error("Busy"));
    },
  });
  for (const id of ["1", "2", "3"]) {
    client.forUser({ attributes: { id } }).isOn("cta");
  }
  await passTime(time, 0);
  assertEquals(calls, ["1", "2", "3"]);
  await passTime(time, 500);
  assertEquals(calls, ["1", "2", "3", "2"]);
  await passTime(time, 1000);
  assertEquals(calls, ["1", "2", "3", "2", "2"]);
  await client.close();
});

Deno.test("an exposure that trackingCallback refuses for good is parked, and the rest goes on", async () => {
  using time = new FakeTime();
  const store = memoryStore();
  const calls: string[] = [];
  const { client, errors } = open({
    store,
    random: () => 1,
    trackingCallback: (_experiment, { hashValue }) => {
      if (hashValue === "bad") throw new Error("Refused");
      calls.push(String(hashValue));
    },
  });
  for (const id of ["1", "bad", "2"]) {
    client.forUser({ attributes: { id } }).isOn("cta");
  }
  await passTime(time, 600_000);
  assertEquals(calls, ["1", "2"]);
  const parked = await listParked(store, "tracking-callback");
  assertEquals(parked.map(({ attempts, message }) => [attempts, message]), [
    [10, "Refused"],
  ]);
  assertEquals(errors.length, 10);
  await client.close();
});

Deno.test("a trackingCallback that never settles doesn't hold up the rest forever", async () => {
  using time = new FakeTime();
  const calls: string[] = [];
  const { client } = open({
    random: () => 1,
    trackingCallback: (_experiment, { hashValue }) => {
      calls.push(String(hashValue));
      return calls.length === 1 ? new Promise(() => {}) : undefined;
    },
  });
  client.forUser({ attributes: { id: "1" } }).isOn("cta");
  await passTime(time, 31_000);
  assertEquals(calls, ["1", "1"]);
  await client.close();
});

/** A client whose callback never answers, as one that is killed before it could. */
async function recordUndelivered(store: EventStore): Promise<Scene> {
  const scene = open({
    store,
    attributes: { id: "1", country: "fr" },
    trackingCallback: () => new Promise(() => {}),
  });
  scene.client.isOn("cta");
  await scene.client.close({ timeout: 100 });
  return scene;
}

Deno.test("after a restart trackingCallback gets what the log and the payload know", async () => {
  const store = memoryStore();
  const first = await recordUndelivered(store);
  const calls: Call[] = [];
  const second = open({
    store,
    trackingCallback: (...call) => calls.push(call),
  }, shop);
  await second.client.flush();
  const [[experiment, result, user, info]] = calls as [Call];
  assertEquals(result, first.client.evalFeature("cta").experimentResult);
  assertEquals([experiment.key, experiment.variations], [
    "cta-test",
    ["Buy", "Order"],
  ]);
  assertEquals(user, { attributes: { id: "1" } });
  const [event] = await store.read(0);
  assertEquals([info.id, info.time, info.isRebuilt], [
    event!.id,
    event!.time,
    true,
  ]);
  await second.client.close();

  const third = open({ store, trackingCallback: () => calls.push(calls[0]!) });
  await third.client.flush();
  assertEquals(calls.length, 1);
  await third.client.close();
});

Deno.test("after a restart an experiment that is gone has variations that are null", async () => {
  const store = memoryStore();
  await recordUndelivered(store);
  const calls: Call[] = [];
  const second = open({
    store,
    trackingCallback: (...call) => calls.push(call),
  }, { features: {} });
  await second.client.flush();
  const [[experiment, result]] = calls as [Call];
  assertEquals(experiment.variations, [null, null]);
  assertEquals([result.variationId, result.value], [0, null]);
  await second.client.close();
});

Deno.test("a client survives an onError that rejects", async () => {
  let calls = 0;
  const { client } = open({
    attributes: { id: "1" },
    trackingCallback: () => {
      if (++calls === 1) throw new Error("Analytics is down");
    },
    random: () => 0,
    onError: () => Promise.reject(new Error("The logging is down, too")),
  });
  client.isOn("cta");
  assertEquals((await client.flush()).isDelivered, true);
  await client.close();
});

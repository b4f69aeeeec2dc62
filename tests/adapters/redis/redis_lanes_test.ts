import { assertEquals } from "@std/assert";
import { createClient, fixedSource } from "../../../adapters/client/mod.ts";
import { type EventStore, redisStore } from "../../../adapters/redis/mod.ts";
import {
  exposure,
  positionOf,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { connect, type Connection } from "./connect.ts";

const key = { name: "a", lane: "x" };

function test(
  name: string,
  fn: (client: Connection["client"]) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: noRedis,
    fn: async () => {
      await using server = await startRedis();
      using connection = connect(server.url);
      await fn(connection.client);
    },
  });
}

/** Settles all that a lane has, and gives it up. */
async function finish(store: EventStore, owner: string): Promise<void> {
  const { last } = await store.positions();
  await store.claim(key, owner);
  await store.commit(key, owner, { position: last, unsettled: [] });
  await store.release(key, owner);
}

test("what is appended to a lane that is done has the consumers that it had", async (client) => {
  const store = redisStore(client);
  await store.claim(key, "one");
  await store.claim({ ...key, name: "b" }, "one");
  await store.append([1, 2].map(smallEvent), { lane: "x" });
  await finish(store, "one");
  assertEquals((await store.consumers()).map(({ name }) => name), ["b"]);
  // Another lane, and no lane, have nothing to do with it.
  await store.append([smallEvent(3)], { lane: "y" });
  await store.append([smallEvent(4)]);
  assertEquals((await store.consumers()).length, 1);
  await store.append([smallEvent(5)], { lane: "x" });
  const states = await store.consumers();
  assertEquals(
    states.map(({ name, owner, checkpoint }) => [
      name,
      owner,
      checkpoint.position,
    ]),
    [["a", null, 2], ["b", "one", 0]],
  );
  const claim = await store.claim(key, "two");
  const left = await store.read(claim!.checkpoint.position, 9, "x");
  assertEquals(left.map(positionOf), [5]);
  await store.close();
});

test("what claims a lane that is done alone leaves the others of it done", async (client) => {
  const store = redisStore(client);
  const keys = ["a", "b", "c"].map((name) => ({ ...key, name }));
  for (const each of keys) await store.claim(each, "one");
  await store.append([1, 2].map(smallEvent), { lane: "x" });
  for (const each of keys) {
    await store.commit(each, "one", { position: 2, unsettled: [] });
    await store.release(each, "one");
  }
  const claim = await store.claim(key, "two");
  assertEquals(claim?.checkpoint.position, 2);
  assertEquals((await store.consumers()).map(({ name }) => name), ["a"]);
  await store.release(key, "two");
  assertEquals(await store.consumers(), []);
  await store.append([smallEvent(3)], { lane: "x" });
  assertEquals(
    (await store.consumers()).map(({ name, checkpoint }) => [
      name,
      checkpoint.position,
    ]),
    [["a", 2], ["b", 2], ["c", 2]],
  );
  await store.close();
});

test("a lane that got nothing yet is kept aside, too", async (client) => {
  const store = redisStore(client);
  await store.claim(key, "one");
  await store.release(key, "one");
  assertEquals(await store.consumers(), []);
  await store.append([smallEvent(1)], { lane: "x" });
  assertEquals((await store.consumers()).length, 1);
  await store.close();
});

test("a lane that is done is kept aside as long as what came before that is there", async (client) => {
  const store = redisStore(client);
  await store.claim(key, "one");
  await store.append([1, 2, 3, 4].map(smallEvent));
  await store.release(key, "one");
  await store.prune(3);
  await store.append([smallEvent(5)], { lane: "x" });
  assertEquals((await store.consumers()).map(({ lane }) => lane), ["x"]);
  await store.close();
});

test("an append to a lane that was forgotten, since its owner stood still, has consumers", async (client) => {
  using other = connect(`redis://127.0.0.1:${client.options.port}`);
  const slow = redisStore(client);
  for (const name of ["a", "b", ""]) await slow.claim({ ...key, name }, "x");
  await slow.append([smallEvent(1)], { lane: "x" });
  // It gives no sign of life, and its events leave the log.
  await client.del(await client.keys("{growthstream}:log:o:*"));
  const store = redisStore(other.client);
  await store.append([smallEvent(2)]);
  await store.prune(2);
  assertEquals(await store.consumers(), []);
  const { last } = await store.positions();
  await slow.append([smallEvent(3), smallEvent(4)], { lane: "x" });
  assertEquals(
    (await store.consumers()).map(({ name, lane, owner, checkpoint }) => [
      name,
      lane,
      owner,
      checkpoint.position,
    ]),
    ["", "a", "b"].map((name) => [name, "x", null, last]),
  );
  const claim = await store.claim(key, "y");
  const left = await store.read(claim!.checkpoint.position, 9, "x");
  assertEquals(left.map(positionOf), [last + 1, last + 2]);
  // What was claimed again is not set back, and what is settled does not stay.
  await finish(store, "y");
  await slow.append([smallEvent(5)], { lane: "x" });
  assertEquals(
    (await store.consumers()).map(({ checkpoint }) => checkpoint.position),
    [last, last + 2, last],
  );
  await store.prune(last + 9);
  assertEquals(await store.consumers(), []);
  assertEquals(await client.keys("{growthstream}:log:lanes:*"), []);
  for (const each of [slow, store]) await each.close();
});

test("an append to a lane that was given back by its own store brings no consumer back", async (client) => {
  const store = redisStore(client);
  await store.claim(key, "x");
  await store.append([smallEvent(1)], { lane: "x" });
  await finish(store, "x");
  await store.prune(2);
  await store.append([smallEvent(2)], { lane: "x" });
  assertEquals(await store.consumers(), []);
  await store.close();
});

test("an append to a lane that Redis lost with all its data has consumers", async (client) => {
  const store = redisStore(client);
  await store.claim(key, "x");
  await client.flushall();
  await store.append([smallEvent(1)], { lane: "x" });
  assertEquals(
    (await store.consumers()).map(({ name, owner }) => [name, owner]),
    [["a", null]],
  );
  await store.close();
});

test("an append that lands after another pod was done with its lane is delivered", async (client) => {
  using other = connect(
    `redis://127.0.0.1:${client.options.port}`,
  );
  const lasting = { ownerLifetime: 1_000, pollInterval: 100 };
  const delivered: string[] = [];
  const open = (store: EventStore) =>
    createClient({
      source: fixedSource({ features: {} }),
      store,
      trackingCallback: (_, __, ___, { id }) => delivered.push(id),
      onError: () => {},
    });
  const log = redisStore(other.client, lasting);
  const slow = redisStore(client, lasting);
  // It appended with this lane, and stands still before Redis has that.
  await slow.claim({ name: "tracking-callback", lane: "x" }, "x");
  client.disconnect();
  const reader = redisStore(other.client, lasting);
  const pod = open(log);
  const states = async () =>
    (await reader.consumers()).filter(({ lane }) => lane === "x");
  while ((await states()).length > 0) await pod.flush({ timeout: 1_000 });
  await reader.append([exposure(1)], { lane: "x" });
  while (delivered.length === 0) await pod.flush({ timeout: 1_000 });
  assertEquals(delivered, [exposure(1).id]);
  await pod.close();
  for (const each of [log, slow, reader]) await each.close();
});

test("prune() leaves nothing of a lane whose events are gone and that nobody has", async (client) => {
  const store = redisStore(client);
  const lanes = ["done", "left", "live", "idle"];
  for (const lane of lanes) {
    await store.claim({ name: "a", lane }, lane);
    if (lane !== "idle") {
      await store.append([smallEvent(lanes.indexOf(lane))], { lane });
    }
  }
  await store.commit({ name: "a", lane: "done" }, "done", {
    position: 1,
    unsettled: [],
  });
  for (const lane of ["done", "left", "idle"]) {
    await store.release({ name: "a", lane }, lane);
  }
  await store.append([smallEvent(9)]);
  assertEquals(await store.prune(4), 4);
  assertEquals((await store.consumers()).map(({ lane }) => lane), ["live"]);
  const parts = ["at", "by", "lanes", "done", "l"];
  const kept: string[] = [];
  for (const part of parts) {
    for (const name of await client.keys(`{growthstream}:log:${part}:*`)) {
      const members = part === "lanes"
        ? await client.zrange(name, "0", "-1")
        : part === "l"
        ? [name]
        : await client.hkeys(name);
      kept.push(...members.map((member) => `${part} ${member}`));
    }
  }
  assertEquals(kept, ["at a\nlive", "by a\nlive", "lanes live"]);
  // It goes with the next events that leave.
  await store.release({ name: "a", lane: "live" }, "live");
  await store.prune(5);
  assertEquals(await client.keys("{growthstream}:log:lanes:*"), []);
  await store.close();
});

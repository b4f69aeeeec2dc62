import { assert, assertEquals } from "@std/assert";
import { BehaviorSubject, filter, firstValueFrom } from "rxjs";
import { consume } from "../../../adapters/delivery/mod.ts";
import {
  redisSource,
  redisStore,
  type RedisWarning,
} from "../../../adapters/redis/mod.ts";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { connect, type Connection } from "./connect.ts";

// What another program, or another version, may have written into the keys of a log.
const log = "{growthstream}:log";
const payload = "{growthstream}:payload";
const once = { exposureAge: 86_400_000, lane: "x" };

function test(
  name: string,
  fn: (connection: Connection["client"]) => Promise<void>,
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

function open(client: Connection["client"]) {
  const warnings: RedisWarning["code"][] = [];
  const store = redisStore(client, {
    onWarning: ({ code }) => warnings.push(code),
  });
  return { store, warnings };
}

/** Gives the key of a part of the log. */
async function keyOf(
  client: Connection["client"],
  part: string,
): Promise<string> {
  const [key] = await client.keys(`${log}:${part}:*`);
  return key!;
}

test("a text that is no event is passed over, said once, and keeps no consumer waiting", async (client) => {
  const { store, warnings } = open(client);
  await store.append([1, 2, 3].map(smallEvent));
  const block = await keyOf(client, "e");
  await client.lset(block, 0, "sesame");
  await client.lset(block, 1, "\n0\nid\ncustom\n1\n1\n{no JSON\n\n");
  assertEquals((await store.read(0)).map(({ position }) => position), [3]);
  assertEquals((await store.read(0)).length, 1);
  assertEquals(warnings, ["lost-events"]);
  const seen: number[] = [];
  const consumer = consume(store, "a", (events) => {
    for (const { position } of events) seen.push(position);
  });
  await consumer.flush();
  assertEquals(seen, [3]);
  await consumer.stop();
  const again = await store.append([smallEvent(1)]);
  assertEquals(again[0]!.position, 1);
  assertEquals(await store.prune(2), 2);
  assertEquals((await store.positions()).first, 3);
  await store.close();
});

test("a mark that is none hides no exposure", async (client) => {
  const { store } = open(client);
  await store.append([exposure(1)], once);
  const marks = await keyOf(client, "m");
  const [mark] = await client.hkeysBuffer(marks);
  await client.hset(marks, mark!, "0");
  await client.hset(await keyOf(client, "spans"), "sesame", "1");
  const [stored] = await store.append([exposure(2)], once);
  assertEquals([stored!.position, stored!.isRepeated], [2, undefined]);
  await store.erase({ attribute: "id", value: "7" });
  await store.close();
});

for (const text of ["sesame", "", "-1:", "1:a", `${"9".repeat(30)}:`]) {
  test(`the checkpoint ${JSON.stringify(text)} is one at the beginning`, async (client) => {
    const { store } = open(client);
    await store.append([1, 2].map(smallEvent), once);
    await store.claim({ name: "a" }, "one");
    await store.claim({ name: "a", lane: "x" }, "one");
    const at = await keyOf(client, "at");
    for (const key of await client.hkeys(at)) await client.hset(at, key, text);
    await client.hset(at, "sesame", "sesame");
    await client.hset(await keyOf(client, "by"), "a\nx", "sesame");
    const none = { position: 0, unsettled: [] };
    assertEquals(
      (await store.consumers()).map(({ checkpoint }) => checkpoint),
      [none, none],
    );
    const claim = await store.claim({ name: "a", lane: "x" }, "two");
    assertEquals(claim!.checkpoint, none);
    assertEquals(await store.prune(1), 1);
    assertEquals(await store.release({ name: "a", lane: "x" }, "two"), true);
    await store.close();
  });
}

test("what is parked that is no event is passed over", async (client) => {
  const { store } = open(client);
  await store.append([smallEvent(1)]);
  await store.claim({ name: "a" }, "one");
  const [event] = await store.read(0);
  const parked = {
    event: event!,
    reason: "refused",
    attempts: 1,
    message: "",
  } as const;
  await store.park({ name: "a" }, "one", [parked]);
  await client.hset(`${log}:p:a`, "sesame", "sesame");
  await client.zadd(`${log}:q:a`, 0, "sesame");
  await client.hset(`${log}:p:a`, "open", "1 2 open");
  await client.zadd(`${log}:q:a`, 5, "open");
  assertEquals((await store.parked("a")).length, 1);
  await store.park({ name: "a" }, "one", [parked]);
  assertEquals(await store.unpark({ name: "a" }, "one", ["sesame"]), true);
  await store.erase({ attribute: "id", value: "7" });
  assertEquals((await store.parked("a")).length, 1);
  await store.close();
});

test("a payload takes the place of anything that is there", async (client) => {
  await client.hset(payload, {
    ...{ version: "sesame", date: "sesame", confirmed: "sesame" },
    ...{ digest: "", body: "sesame", isRaw: "0", state: "ok" },
  });
  // A lease that never ends.
  await client.set(`${payload}:lease`, "sesame");
  const colored = (color: string, minute: number) => ({
    features: { color: { defaultValue: color } },
    dateUpdated: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  });
  const subject = new BehaviorSubject(colored("blue", 1));
  const source = redisSource(client, { source: subject });
  const subscription = source.subscribe();
  await firstValueFrom(source);
  const untilKept = async (color: string) => {
    while (!String(await client.hget(payload, "body")).includes(color));
  };
  await untilKept("blue");
  // A date that nobody can have seen yet.
  await client.hset(payload, "date", String(Date.UTC(2999, 0)));
  subject.next(colored("green", 2));
  await untilKept("green");
  subscription.unsubscribe();
});

test("a Redis that is full shares the payload all the same", async (client) => {
  await client.config("SET", "maxmemory", "1");
  const source = redisSource(client, {
    source: new BehaviorSubject({ features: { color: { defaultValue: 1 } } }),
  });
  const subscription = source.subscribe();
  while (await client.hget(payload, "body") === null);
  const follower = redisSource(client, { source: new BehaviorSubject(null!) });
  const found = await firstValueFrom(follower.pipe(filter(Boolean)));
  assertEquals(found.features["color"]?.defaultValue, 1);
  subscription.unsubscribe();
});

test("a log whose oldest events were evicted goes by its age still", async (client) => {
  let time = 1_710_000_000_000;
  const { store } = open(client);
  const aged = redisStore(client, {
    retention: { maxAge: 10_000 },
    serverTime: () => time,
    onWarning: () => {},
  });
  await aged.append(Array.from({ length: 300 }, (_, at) => smallEvent(at)));
  const [block] = await client.keys(`${log}:e:*:0`);
  await client.del(block!);
  time += 20_000;
  for (let index = 300; (await store.positions()).first !== 301; index++) {
    await aged.append([smallEvent(index)]);
  }
  await aged.close();
  await store.close();
});

test("a script passes a bounded number of positions that have no event", async (client) => {
  const { store } = open(client);
  await store.append([smallEvent(1)]);
  await client.hset(log, "last", "40000");
  const before = await calls(client);
  assertEquals((await store.read(0, 10)).length, 1);
  assert(await calls(client) - before >= 8);
  const [next] = await store.append([smallEvent(2)]);
  assertEquals(await store.read(1, 10), [next!]);
  await store.close();
});

/** How many scripts were run. */
async function calls(client: Connection["client"]): Promise<number> {
  const stats = await client.info("commandstats");
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1]);
}

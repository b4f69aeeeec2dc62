import { RedisStickyBucketService } from "@growthbook/growthbook";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createClient } from "redis";
import { redisStickyBuckets } from "../../../adapters/redis/mod.ts";
import { testStickyBucketStore } from "../../contracts/sticky_bucket_store_contract.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";
import { connect } from "./connect.ts";
import { startShared } from "./shared_redis.ts";

if (!noRedis) {
  const { url } = await startShared();
  const { client } = connect(url);
  let count = 0;
  testStickyBucketStore(
    "redisStickyBuckets()",
    () => redisStickyBuckets(client, { prefix: `${++count}:` }),
  );
  let other = 0;
  testStickyBucketStore(
    "redisStickyBuckets() with a lifetime",
    () => redisStickyBuckets(client, { prefix: `ttl${++other}:`, ttl: 60_000 }),
  );
  globalThis.addEventListener("unload", () => client.disconnect());
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

test("redisStickyBuckets() shares its documents with GrowthBook's own service", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const theirs = new RedisStickyBucketService({ redis: client as never });
  const ours = redisStickyBuckets(client);
  await theirs.saveAssignments(documentOf("7", { button__0: "blue" }));
  await ours.save(documentOf("7", { price__0: "low" }));
  const united = documentOf("7", { button__0: "blue", price__0: "low" });
  assertEquals(await theirs.getAllAssignments({ id: "7" }), {
    "id||7": united,
  });
  assertEquals(await ours.load([nameOf("7")]), { "id||7": united });
  assertEquals(await client.keys("*"), ["id||7"]);
});

test("redisStickyBuckets() unites what many processes assign at once", async () => {
  await using server = await startRedis();
  const clients = await Promise.all(
    Array.from(
      { length: 5 },
      () => createClient({ url: server.url }).connect(),
    ),
  );
  const stores = clients.map((client) => redisStickyBuckets(client));
  const names = Array.from({ length: 100 }, (_, index) => `test-${index}__0`);
  await Promise.all(
    names.map((name, index) =>
      stores[index % 5]!.save(documentOf("7", { [name]: "on" }))
    ),
  );
  const { "id||7": document } = await stores[0]!.load([nameOf("7")]);
  assertEquals(Object.keys(document!.assignments).toSorted(), names.toSorted());
  for (const client of clients) client.destroy();
});

test("redisStickyBuckets() lets documents go that are not used, and keeps those that are", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  const store = redisStickyBuckets(client, { ttl: 100_000 });
  await store.save(documentOf("7", { button__0: "blue" }));
  const left = await client.pttl("id||7");
  assert(left > 90_000 && left <= 100_000);
  await client.pexpire("id||7", 10_000);
  await store.load([nameOf("7")]);
  assert(await client.pttl("id||7") > 90_000);
});

test("redisStickyBuckets() goes on from memory while Redis is gone, and writes what it owes after that", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStickyBuckets(connection.client, { timeout: 3_000 });
  await store.save(documentOf("7", { button__0: "blue" }));
  await server.kill();
  await assertRejects(() => store.save(documentOf("7", { price__0: "low" })));
  const both = { button__0: "blue", price__0: "low" };
  assertEquals(await store.load([nameOf("7"), nameOf("9")]), {
    "id||7": documentOf("7", both),
  });
  await assertRejects(async () => await store.load([nameOf("9")]));
  const states: string[] = [];
  store.status$.subscribe(({ state }) => states.push(state));
  assertEquals(states, ["failing"]);
  // It came back empty.
  await server.start();
  for (;;) {
    const text = await connection.client.get("id||7");
    if (text !== null) {
      assertEquals(JSON.parse(text).assignments.price__0, "low");
      break;
    }
  }
  // The store may hear of its own answer a moment after this one.
  await connection.client.get("id||7");
  assertEquals(states.at(-1), "ok");
});

test("redisStickyBuckets() forgets a user that another process erased", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const one = redisStickyBuckets(connection.client, { timeout: 3_000 });
  const other = redisStickyBuckets(connection.client, { timeout: 3_000 });
  await one.save(documentOf("7", { button__0: "blue" }));
  await other.erase(nameOf("7"));
  assertEquals(await one.load([nameOf("7")]), {});
  await server.kill();
  await assertRejects(async () => await one.load([nameOf("7")]));
});

test("redisStickyBuckets() takes the place of what is no document", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStickyBuckets(connection.client);
  const wrong = ["", "rubbish", "[]", "7", "null", `{"assignments":[1]}`];
  for (const text of wrong) {
    await connection.client.set("id||7", text);
    assertEquals(await store.load([nameOf("7")]), {});
    await store.save(documentOf("7", { button__0: "blue" }));
    assertEquals(
      JSON.parse((await connection.client.get("id||7"))!),
      documentOf("7", { button__0: "blue" }),
    );
  }
});

test("redisStickyBuckets() keeps halves of surrogate pairs", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const store = redisStickyBuckets(connection.client);
  await store.save(documentOf("7", { "\ud83d": "\ude00" }));
  await store.save(documentOf("7", { button__0: "blue" }));
  assertEquals((await store.load([nameOf("7")]))["id||7"]!.assignments, {
    "\ud83d": "\ude00",
    button__0: "blue",
  });
});

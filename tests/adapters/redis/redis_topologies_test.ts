import { assert, assertEquals } from "@std/assert";
import { Cluster, Redis } from "ioredis";
import { createCluster } from "redis";
import {
  type RedisClient,
  redisSource,
  redisStickyBuckets,
  redisStore,
} from "../../../adapters/redis/mod.ts";
import { BehaviorSubject, firstValueFrom } from "rxjs";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import {
  freePort,
  noRedis,
  type RedisServer,
  startRedis,
} from "../../support/redis_server.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const once = { exposureAge: 86_400_000, lane: "x" };

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

/** Starts a cluster of two servers, with half of the slots each. */
async function startCluster(): Promise<readonly RedisServer[]> {
  const options = [
    "--cluster-enabled",
    "yes",
    "--cluster-require-full-coverage",
    "no",
  ];
  const servers = [await startRedis(options), await startRedis(options)];
  const [one, other] = servers as [RedisServer, RedisServer];
  await one.command("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
  await other.command("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
  await one.command("CLUSTER", "MEET", "127.0.0.1", String(other.port));
  for (const server of servers) {
    while (
      !(await server.command("CLUSTER", "INFO")).includes(
        "cluster_slots_assigned:16384",
      )
    );
    while (
      !(await server.command("CLUSTER", "INFO")).includes("cluster_state:ok")
    );
  }
  return servers;
}

const clusters: Readonly<
  Record<
    string,
    (ports: readonly number[]) => Promise<{
      readonly client: RedisClient;
      readonly close: () => void;
    }>
  >
> = {
  ioredis: async (ports) => {
    const client = new Cluster(
      ports.map((port) => ({ host: "127.0.0.1", port })),
    );
    await client.ping();
    return { client, close: () => client.disconnect() };
  },
  "node-redis": async (ports) => {
    const client = createCluster({
      rootNodes: ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })),
    });
    client.on("error", () => {});
    await client.connect();
    return { client, close: () => client.destroy() };
  },
};

for (const [kind, open] of Object.entries(clusters)) {
  test(`a cluster by ${kind} keeps logs, payloads and sticky buckets`, async () => {
    const servers = await startCluster();
    const { client, close } = await open(servers.map(({ port }) => port));
    // Their slots are on both of the servers.
    for (const name of ["shop", "blog", "a", "b"]) {
      const store = redisStore(client, { name });
      await store.append([exposure(1), smallEvent(2)], once);
      const [again] = await store.append([exposure(3)], once);
      assertEquals([again!.isRepeated, again!.position], [true, 1]);
      assertEquals((await store.read(0, 9, "x")).length, 2);
      assert(await store.claim({ name: "a" }, "one") !== null);
      await store.prune(1);
      assertEquals(await store.erase({ attribute: "id", value: "7" }), 0);
      await store.close();
      const payload = { features: { [name]: { defaultValue: 1 } } };
      const source = redisSource(client, {
        name,
        source: new BehaviorSubject(payload),
      });
      assertEquals(await firstValueFrom(source), payload);
    }
    const buckets = redisStickyBuckets(client);
    const users = Array.from({ length: 20 }, (_, index) => String(index));
    for (const user of users) {
      await buckets.save(documentOf(user, { button__0: "blue" }));
    }
    const found = await buckets.load(users.map(nameOf));
    assertEquals(Object.keys(found).length, users.length);
    close();
    for (const server of servers) await server.kill();
  });

  test(`wakeups of a cluster by ${kind} tell of the events of others`, async () => {
    const servers = await startCluster();
    const { client, close } = await open(servers.map(({ port }) => port));
    const { client: other, close: closeOther } = await open(
      servers.map(({ port }) => port),
    );
    const writer = redisStore(client);
    const reader = redisStore(other, { pollInterval: 100 });
    const woken = firstValueFrom(reader.wakeups);
    await writer.append([smallEvent(1)]);
    await woken;
    await writer.close();
    await reader.close();
    close();
    closeOther();
    for (const server of servers) await server.kill();
  });
}

test("a store goes on through a failover by Sentinel, and loses nothing that replicas have", async () => {
  await using master = await startRedis();
  await using _replica = await startRedis([
    ...["--replicaof", `127.0.0.1 ${master.port}`],
    ...["--repl-diskless-sync-delay", "0"],
  ]);
  const online = "state=online";
  while (!(await master.command("INFO", "replication")).includes(online));
  const port = freePort();
  const path = `${temporaryFolder()}/sentinel.conf`;
  Deno.writeTextFileSync(
    path,
    `port ${port}
bind 127.0.0.1
sentinel monitor shop 127.0.0.1 ${master.port} 1
sentinel down-after-milliseconds shop 500
sentinel failover-timeout shop 3000
`,
  );
  const sentinel = new Deno.Command("redis-server", {
    args: [path, "--sentinel"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const client = new Redis({
    sentinels: [{ host: "127.0.0.1", port }],
    name: "shop",
    sentinelRetryStrategy: () => 100,
    retryStrategy: () => 100,
    maxRetriesPerRequest: null,
  });
  client.on("error", () => {});
  const warnings: string[] = [];
  const store = redisStore(client, {
    timeout: 1_000,
    replicas: { count: 1, timeout: 1_000 },
    onWarning: ({ code }) => warnings.push(code),
  });
  const append = async (index: number) => {
    for (;;) {
      try {
        return (await store.append(
          [exposure(index, { hashValue: index })],
          once,
        ))[0]!;
      } catch {
        // Until there is a master with a replica again.
      }
    }
  };
  for (let index = 1; index <= 50; index++) await append(index);
  while (
    !String(await client.call("ROLE")).includes("master") ||
    !await hasReplica(port)
  );
  await master.kill();
  // What follows has no replica to wait for.
  const alone = redisStore(client, { timeout: 1_000, onWarning: () => {} });
  let next = null;
  while (next === null) {
    next = await alone.append([exposure(51, { hashValue: 51 })], once)
      .catch(() => null);
  }
  assertEquals(next[0]!.position, 51);
  const ids = (await alone.read(0, Infinity)).map(({ id }) => id);
  assertEquals(
    ids,
    Array.from({ length: 51 }, (_, index) => exposure(index + 1).id),
  );
  assertEquals((await alone.positions()).moves, undefined);
  assertEquals(warnings, []);
  await store.close();
  await alone.close();
  client.disconnect();
  sentinel.kill("SIGKILL");
  await sentinel.status;
});

/** Whether a Sentinel knows a replica that it can promote. */
async function hasReplica(port: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("redis-cli", {
    args: ["-p", String(port), "SENTINEL", "REPLICAS", "shop"],
  }).output();
  return new TextDecoder().decode(stdout).includes("master-link-status\nok");
}

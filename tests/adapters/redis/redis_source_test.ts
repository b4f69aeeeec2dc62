import { assert, assertEquals, assertThrows } from "@std/assert";
import { BehaviorSubject, defer, filter, firstValueFrom, NEVER } from "rxjs";
import { growthbookSource } from "../../../adapters/growthbook/mod.ts";
import {
  type PayloadSource,
  redisSource,
  type SourceReport,
} from "../../../adapters/redis/mod.ts";
import type { Payload } from "../../../mod.ts";
import { noRedis, startRedis } from "../../support/redis_server.ts";
import { encryptText } from "../cli/encrypt_text.ts";
import { connect } from "./connect.ts";

const key = "{growthstream}:payload";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: noRedis });
}

const dated = (value: unknown, minute: number): Payload => ({
  features: { color: { defaultValue: value as string } },
  dateUpdated: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
});

function colorOf(payload: Payload): unknown {
  return payload.features["color"]?.defaultValue;
}

/** Waits for a payload of a color. */
function until(source: PayloadSource, color: string): Promise<Payload> {
  return firstValueFrom(
    source.pipe(filter((payload) => colorOf(payload) === color)),
  );
}

/** Waits for a report. */
function untilReport(
  source: PayloadSource,
  type: SourceReport["type"],
): Promise<SourceReport> {
  return firstValueFrom(
    source.reports$!.pipe(filter((report) => report.type === type)),
  );
}

/** A GrowthBook that gives a payload, and counts how often it was asked. */
function growthbook(body: () => unknown) {
  let count = 0;
  const fetch: typeof globalThis.fetch = () => {
    count++;
    const answer = body();
    return answer === null
      ? Promise.reject(new TypeError("offline"))
      : Promise.resolve(Response.json(answer));
  };
  return { fetch, count: () => count };
}

test("a fleet of 50 asks GrowthBook once", async () => {
  await using server = await startRedis();
  const { fetch, count } = growthbook(() => dated("blue", 1));
  const pods = Array.from({ length: 50 }, () => {
    const { client } = connect(server.url);
    const source = growthbookSource({ clientKey: "sdk-abc", fetch });
    // A busy machine is slow to connect them all, and none of them may take Redis for gone.
    return { client, source: redisSource(client, { source, timeout: 60_000 }) };
  });
  const subscriptions = pods.map(({ source }) => source.subscribe());
  const payloads = await Promise.all(
    pods.map(({ source }) => until(source, "blue")),
  );
  assertEquals(payloads.length, 50);
  assertEquals(count(), 1);
  for (const each of subscriptions) each.unsubscribe();
  for (const { client } of pods) await client.quit();
});

test("redisSource() passes changes on to all, at once", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const subject = new BehaviorSubject<Payload>(dated("blue", 1));
  // A beat would come in 20 minutes.
  const options = { lease: 3_600_000 };
  const holder = redisSource(one.client, { ...options, source: subject });
  const first = holder.subscribe();
  await until(holder, "blue");
  const follower = redisSource(other.client, { ...options, source: NEVER });
  const second = follower.subscribe();
  await until(follower, "blue");
  await firstValueFrom(
    follower.reports$!.pipe(
      filter((report) =>
        report.type === "ok" && report.updates === "streaming"
      ),
    ),
  );
  subject.next(dated("green", 2));
  await until(follower, "green");
  first.unsubscribe();
  second.unsubscribe();
});

test("redisSource() starts from Redis while GrowthBook is down, and says so", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const up = growthbook(() => dated("blue", 1));
  const before = redisSource(connection.client, {
    source: growthbookSource({ clientKey: "sdk-abc", fetch: up.fetch }),
  });
  const subscription = before.subscribe();
  await until(before, "blue");
  while (
    await connection.client.hget(key, "body") === null
  );
  subscription.unsubscribe();
  const down = growthbook(() => null);
  const after = redisSource(connection.client, {
    source: growthbookSource({ clientKey: "sdk-abc", fetch: down.fetch }),
  });
  const again = after.subscribe();
  assertEquals(colorOf(await until(after, "blue")), "blue");
  await untilReport(after, "failed");
  again.unsubscribe();
});

test("redisSource() says that a payload is not confirmed while the holder's source fails", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const reported = new BehaviorSubject<SourceReport>({
    type: "ok",
    updates: "streaming",
  });
  const source = Object.assign(new BehaviorSubject(dated("blue", 1)), {
    reports$: reported,
  });
  const holder = redisSource(one.client, { source, lease: 1_000 });
  const first = holder.subscribe();
  await until(holder, "blue");
  const follower = redisSource(other.client, { source: NEVER, lease: 1_000 });
  const second = follower.subscribe();
  await untilReport(follower, "ok");
  reported.next({
    type: "failed",
    code: "network",
    message: "It is gone",
    issues: [],
    retryIn: null,
  });
  await untilReport(follower, "cached");
  reported.next({ type: "ok", updates: "streaming" });
  await untilReport(follower, "ok");
  first.unsubscribe();
  second.unsubscribe();
});

test("redisSource() hands the lease over when its process ends in order", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const options = { lease: 3_600_000 };
  const holder = redisSource(one.client, {
    ...options,
    source: new BehaviorSubject(dated("blue", 1)),
  });
  const first = holder.subscribe();
  await until(holder, "blue");
  const next = redisSource(other.client, {
    ...options,
    source: new BehaviorSubject(dated("green", 2)),
  });
  const second = next.subscribe();
  await untilReport(next, "ok");
  first.unsubscribe();
  await until(next, "green");
  second.unsubscribe();
});

test("redisSource() takes the lease over from a process that is gone", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const holder = redisSource(one.client, {
    lease: 1_000,
    source: new BehaviorSubject(dated("blue", 1)),
  });
  const first = holder.subscribe();
  await until(holder, "blue");
  one.client.disconnect();
  const next = redisSource(other.client, {
    lease: 1_000,
    source: new BehaviorSubject(dated("green", 2)),
  });
  const second = next.subscribe();
  await until(next, "green");
  first.unsubscribe();
  second.unsubscribe();
});

test("redisSource() keeps what is encrypted encrypted in Redis", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const decryptionKey = "Zvwv/+uhpFDznZ6SX28Yjg==";
  const features = { color: { defaultValue: "sesame" } };
  const encryptedFeatures = await encryptText(
    JSON.stringify(features),
    decryptionKey,
  );
  const { fetch, count } = growthbook(() => ({ encryptedFeatures }));
  const open = (client: typeof one.client, key = decryptionKey) =>
    redisSource(client, {
      source: growthbookSource({
        clientKey: "sdk-abc",
        decryptionKey: key,
        fetch,
      }),
    });
  const holder = open(one.client);
  const first = holder.subscribe();
  await until(holder, "sesame");
  const follower = open(other.client);
  const second = follower.subscribe();
  assertEquals(colorOf(await until(follower, "sesame")), "sesame");
  assertEquals(count(), 1);
  const kept = await one.client.hgetall(key);
  assert(kept["body"]!.includes(encryptedFeatures));
  assert(!JSON.stringify(kept).includes("sesame"));
  const stranger = open(other.client, "AAAAAAAAAAAAAAAAAAAAAA==");
  const third = stranger.subscribe();
  const report = await untilReport(stranger, "failed");
  assertEquals(report.type === "failed" && report.code, "decryption-failed");
  for (const each of [first, second, third]) each.unsubscribe();
});

test("redisSource() follows the source itself where Redis is gone from the start", async () => {
  await using server = await startRedis();
  await server.kill();
  using connection = connect(server.url);
  const source = redisSource(connection.client, {
    source: new BehaviorSubject(dated("blue", 1)),
    lease: 1_000,
    timeout: 100,
  });
  const subscription = source.subscribe();
  await until(source, "blue");
  // Back from the dead, it is told.
  await server.start();
  while (await connection.client.exists(key) === 0);
  subscription.unsubscribe();
});

test("redisSource() follows the source itself once Redis was gone for long, and not before", async () => {
  await using server = await startRedis();
  using one = connect(server.url);
  using other = connect(server.url);
  const options = { lease: 1_000, timeout: 200, patience: 1_500 };
  const holder = redisSource(one.client, {
    ...options,
    source: new BehaviorSubject(dated("blue", 1)),
  });
  const first = holder.subscribe();
  await until(holder, "blue");
  let followed = 0;
  const subject = new BehaviorSubject(dated("green", 2));
  const next = redisSource(other.client, {
    ...options,
    source: defer(() => {
      followed++;
      return subject;
    }),
  });
  const second = next.subscribe();
  await until(next, "blue");
  await server.kill();
  await untilReport(next, "cached");
  assertEquals(followed, 0);
  await until(next, "green");
  assertEquals(followed, 1);
  first.unsubscribe();
  second.unsubscribe();
});

test("redisSource() writes the payload again where Redis has forgotten it", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const source = redisSource(connection.client, {
    source: new BehaviorSubject(dated("blue", 1)),
    lease: 1_000,
  });
  const subscription = source.subscribe();
  await until(source, "blue");
  while (await connection.client.exists(key) === 0);
  await connection.client.flushall();
  while (await connection.client.exists(key) === 0);
  subscription.unsubscribe();
});

test("redisSource() does not let an older payload take the place of a newer one", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const newer = redisSource(connection.client, {
    source: new BehaviorSubject(dated("green", 2)),
  });
  const first = newer.subscribe();
  await until(newer, "green");
  while (await connection.client.exists(key) === 0);
  first.unsubscribe();
  const older = redisSource(connection.client, {
    source: new BehaviorSubject(dated("blue", 1)),
  });
  const colors: unknown[] = [];
  const second = older.subscribe((payload) => colors.push(colorOf(payload)));
  while (colors.length < 3) await connection.client.ping();
  assertEquals(colors.at(-1), "green");
  const body = await connection.client.hget(key, "body");
  assert(body!.includes("green"));
  second.unsubscribe();
});

test("redisSource() refuses what is no payload in Redis, and says so", async () => {
  await using server = await startRedis();
  using connection = connect(server.url);
  const { client } = connection;
  await client.set(`${key}:lease`, "somebody");
  for (const body of ["", "rubbish", "null", "[]", `{"error":"no"}`]) {
    await client.hset(key, { body, version: "1" });
    const source = redisSource(client, { source: NEVER });
    let emitted = 0;
    const subscription = source.subscribe(() => emitted++);
    await untilReport(source, "failed");
    assertEquals(emitted, 0);
    subscription.unsubscribe();
  }
});

Deno.test("redisSource() refuses what it can't use", () => {
  const client = { send: () => Promise.resolve(null) };
  const remote = growthbookSource({ clientKey: "sdk-abc", remoteEval: true });
  assertThrows(() => redisSource(client, { source: remote }), TypeError);
  assertThrows(() => redisSource(client, {} as never), TypeError);
  assertThrows(() => redisSource({} as never, { source: NEVER }), TypeError);
  assertThrows(
    () => redisSource(client, { source: NEVER, name: "a}b" }),
    TypeError,
  );
  assertThrows(
    () => redisSource(client, { source: NEVER, lease: 1 }),
    RangeError,
  );
});

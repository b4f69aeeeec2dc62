import { assertEquals } from "@std/assert";
import { BehaviorSubject, Subject } from "rxjs";
import {
  type ClientOptions,
  createClient,
  type LogEntry,
  memoryStore,
  type PayloadSource,
  type SourceReport,
} from "../../../../adapters/client/mod.ts";
import { durableStore } from "../../../../adapters/sqlite/mod.ts";
import type { Payload } from "../../../../mod.ts";

function open(options: Partial<ClientOptions> = {}) {
  const payloads = new Subject<Payload>();
  const reports$ = new BehaviorSubject<SourceReport>({ type: "loading" });
  const source: PayloadSource = Object.assign(payloads, { reports$ });
  const entries: LogEntry[] = [];
  const waiting: (() => void)[] = [];
  const client = createClient({
    source,
    log: (entry) => {
      entries.push(entry);
      for (const look of waiting) look();
    },
    ...options,
  });
  /** Resolves once there is an entry of a code. */
  const until = (code: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (entries.some((entry) => entry.code === code)) resolve();
      };
      waiting.push(look);
      look();
    });
  return { client, payloads, reports$, entries, until };
}

const failure: SourceReport = {
  type: "failed",
  code: "http-503",
  message: "The server answered 503",
  issues: [],
  retryIn: 1000,
};

Deno.test("log is told how the client fares, and why", async () => {
  const { client, payloads, reports$, entries, until } = open();
  await until("client.initializing");
  payloads.next({ features: { a: {} } });
  reports$.next({ type: "ok", updates: "polling" });
  reports$.next(failure);
  await client.close();
  assertEquals(entries.map(({ level, code }) => `${level} ${code}`), [
    "info client.initializing",
    "info client.ready",
    "info payload.loaded",
    "warn client.stale",
    "warn source.failed",
    "info client.closed",
  ]);
  const stale = entries.find(({ code }) => code === "client.stale");
  assertEquals([stale?.message, stale?.fields], ["The server answered 503", {
    code: "http-503",
    retryIn: 1000,
    issues: 0,
  }]);
  assertEquals(entries.every(({ time }) => Number.isFinite(time)), true);
});

Deno.test("log is told of errors, also of those before it could be written", async () => {
  const errors: unknown[] = [];
  const { client, entries, until } = open({
    attributes: "none" as never,
    onError: (error) => errors.push(error),
  });
  await until("error");
  assertEquals(errors.length, 1);
  const told = entries.filter(({ code }) => code === "error");
  assertEquals(told.map(({ level, message }) => [level, message]), [
    ["error", (errors[0] as Error).message],
  ]);
  await client.close();
});

Deno.test("log is told nothing of a user", async () => {
  const { client, payloads, entries, until } = open({
    attributes: { id: "secret-7", email: "secret@example.com" },
    trackingCallback: () => Promise.reject({ delivery: "reject" }),
  });
  await until("client.initializing");
  const rules = [{ key: "exp", variations: ["a", "b"] }];
  payloads.next({ features: { f: { rules } } });
  client.isOn("f");
  client.logEvent("purchase", { card: "secret-card" });
  await client.flush({ timeout: 1000 });
  await client.close();
  assertEquals(JSON.stringify(entries).includes("secret"), false);
});

Deno.test("log that throws or rejects hurts only itself, and is told of once", async () => {
  const failing: readonly (() => unknown)[] = [
    () => {
      throw new Error("The disk is full");
    },
    () => Promise.reject(new Error("The disk is full")),
  ];
  for (const log of failing) {
    const isTold = Promise.withResolvers<unknown>();
    const errors: unknown[] = [];
    const { client, payloads, reports$ } = open({
      log: log as () => void,
      onError: (error) => {
        errors.push(error);
        isTold.resolve(error);
      },
    });
    await isTold.promise;
    payloads.next({ features: { chat: { defaultValue: true } } });
    reports$.next(failure);
    assertEquals(client.isOn("chat"), true);
    await client.close();
    assertEquals(errors.map(String), ["Error: The disk is full"]);
  }
});

Deno.test("log is told of a store that does without its disk, as long as the client is open", async () => {
  const disk = memoryStore();
  let isBroken = true;
  const store = durableStore({
    ...disk,
    append: (...given) =>
      isBroken
        ? Promise.reject(new Error("database or disk is full"))
        : disk.append(...given),
  }, { onWarning: () => {} });
  const { client, payloads, entries, until } = open({ store });
  payloads.next({ features: {} });
  client.logEvent("a");
  await until("storage.degraded");
  isBroken = false;
  await client.close();
  await store.close();
  const told = entries.filter(({ code }) => code === "storage.degraded");
  assertEquals(
    told.map(({ level, message, fields }) => [
      level,
      message,
      fields["code"],
    ]),
    [["error", "The store can't be used: the disk is full", "full"]],
  );
});

Deno.test("log is told of a store whose status fails", async () => {
  const status$ = new Subject<never>();
  const store = { ...memoryStore(), status$ };
  const { client, entries, until } = open({ store });
  await until("client.initializing");
  status$.error(new Error("the status broke"));
  // RxJS throws what nobody takes in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  await client.close();
  const told = entries.filter(({ code }) => code === "error");
  assertEquals(told.map(({ message }) => message), ["the status broke"]);
});

Deno.test("a store whose status is no stream costs a client its log alone, and onError is told", async () => {
  const told = Promise.withResolvers<unknown>();
  const store = { ...memoryStore(), status$: "fine" };
  const { client } = open({ store, onError: told.resolve });
  assertEquals(await told.promise instanceof TypeError, true);
  client.logEvent("a");
  assertEquals((await client.flush()).isDelivered, true);
  await client.close();
});

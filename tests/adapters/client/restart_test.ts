import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type ClientOptions,
  type EventStore,
  memoryStore,
} from "../../../adapters/client/mod.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../support/custom_event.ts";
import { manualClock } from "../../support/manual_clock.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { exposures, open, type Scene } from "./support.ts";

/** Who was exposed, by what a store holds. */
async function usersIn(store: EventStore): Promise<readonly unknown[]> {
  const events = await store.read(0, Number.MAX_SAFE_INTEGER);
  return events.flatMap(({ type, data }) =>
    type === "experiment.viewed" ? [data.hashValue] : []
  );
}

function view({ client }: Scene, ...ids: readonly string[]): void {
  for (const id of ids) client.forUser({ attributes: { id } }).isOn("cta");
}

/** Opens a client on a store, shows it to users, and closes it. */
async function visit(
  store: EventStore,
  ids: readonly string[],
  options: Partial<ClientOptions> = {},
): Promise<Scene> {
  const scene = open({ store, ...options });
  view(scene, ...ids);
  await scene.client.close();
  return scene;
}

/** A store that answers reads when it is told to. */
function slowStore(store: EventStore) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow: EventStore = {
    ...store,
    read: async (...given) => {
      await promise;
      return await store.read(...given);
    },
  };
  return { slow, answer: resolve };
}

Deno.test("a client that starts again does not repeat an exposure", async () => {
  const store = memoryStore();
  await visit(store, ["1", "2"]);
  const scene = open({ store });
  view(scene, "2", "3", "1");
  await scene.client.flush();
  assertEquals(await usersIn(store), ["1", "2", "3"]);
  const told = exposures(scene.events).map((text) => text.split(":")[2]);
  assertEquals(told, ["3"]);
  await scene.client.close();
});

Deno.test("a client that starts again from a file does not repeat an exposure", async () => {
  const path = `${temporaryFolder()}/log.db`;
  for (const ids of [["1", "2"], ["2", "3"], ["1", "3", "4"]]) {
    const store = sqliteStore(path);
    await visit(store, ids);
    await store.close();
  }
  const store = sqliteStore(path);
  assertEquals(await usersIn(store), ["1", "2", "3", "4"]);
  await store.close();
});

Deno.test("a client on the file of another knows what that recorded before it started", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const stores = [sqliteStore(path), sqliteStore(path)] as const;
  const first = open({ store: stores[0] });
  view(first, "1");
  await first.client.flush();
  const second = open({ store: stores[1] });
  view(second, "1", "2");
  await second.client.flush();
  // What another client records later, nobody but it knows of.
  view(first, "2");
  await Promise.all([first.client.close(), second.client.close()]);
  assertEquals(await usersIn(stores[0]), ["1", "2", "2"]);
  await Promise.all(stores.map((store) => store.close()));
});

Deno.test("a tracking callback is not called again after a restart", async () => {
  const store = memoryStore();
  const calls: unknown[] = [];
  const trackingCallback: ClientOptions["trackingCallback"] = (_, result) =>
    void calls.push(result.hashValue);
  await visit(store, ["1"], { trackingCallback });
  await visit(store, ["1", "2"], { trackingCallback });
  assertEquals(calls, ["1", "2"]);
});

Deno.test("other variations, experiments and attributes are no repetitions after a restart", async () => {
  const store = memoryStore();
  await visit(store, ["1"]);
  const { client } = open({ store, attributes: { id: "1" } });
  const experiment = { key: "other", variations: [0, 1] };
  client.runExperiment(experiment);
  client.setForcedVariations({ "cta-test": 1 });
  client.runExperiment({ ...experiment, key: "cta-test", hashAttribute: "id" });
  client.isOn("cta");
  await client.close();
  const keys = (await store.read(0)).map(({ data }) => data.experimentKey);
  assertEquals(keys, ["cta-test", "other"]);
});

Deno.test("an exposure that is too old is recorded again after a restart, a younger one is not", async () => {
  const clock = manualClock(1_000_000);
  const store = memoryStore({ clock });
  const options = { clock, tracking: { exposureAge: 1000 } };
  await visit(store, ["1"], options);
  clock.advance(600);
  await visit(store, ["2"], options);
  clock.advance(600);
  await visit(store, ["1", "2"], options);
  // The age of what was recorded before a restart counts from when it was recorded.
  clock.advance(400);
  await visit(store, ["1", "2"], options);
  assertEquals(await usersIn(store), ["1", "2", "1", "2"]);
});

Deno.test("no more exposures are remembered after a restart than before", async () => {
  const store = memoryStore();
  await visit(store, ["1", "2", "3"]);
  await visit(store, ["2", "3", "1"], { tracking: { exposureCapacity: 2 } });
  assertEquals(await usersIn(store), ["1", "2", "3", "1"]);
});

Deno.test("a client reads no more of a long log than its window needs", async () => {
  const store = memoryStore({ capacity: 1e5 });
  await visit(store, ["old"]);
  const ids = Array.from({ length: 600 }, (_, index) => `user-${index}`);
  await visit(store, ids);
  let events = 0;
  const counted: EventStore = {
    ...store,
    read: async (...given) => {
      const found = await store.read(...given);
      events += found.length;
      return found;
    },
  };
  await visit(counted, ["user-599"], { tracking: { exposureCapacity: 10 } });
  assertEquals(events, 500);
  await visit(counted, ["user-0", "old"]);
  assertEquals((await usersIn(store)).length, 601);
});

Deno.test("a client finds exposures behind thousands of other events", async () => {
  const store = memoryStore({ capacity: 1e5 });
  await visit(store, ["1"]);
  const now = Date.now();
  await store.append(
    Array.from({ length: 3000 }, (_, index) => customEvent(`${index}`, now)),
  );
  await visit(store, ["1"]);
  assertEquals(await usersIn(store), ["1"]);
});

Deno.test("what was pruned is recorded again, the rest is not", async () => {
  const store = memoryStore();
  await visit(store, ["1", "2", "3"]);
  await store.prune(2);
  await visit(store, ["1", "3"]);
  await store.prune((await store.positions()).last);
  await visit(store, ["3"]);
  assertEquals(await usersIn(store), ["3"]);
  assertEquals((await store.positions()).last, 5);
});

Deno.test("a log with events that are no exposures, or damaged ones, does no harm", async () => {
  const store = memoryStore();
  const time = Date.now();
  const type = "experiment.viewed";
  await store.append([
    { id: "a", time, type, version: 1, data: {} },
    { id: "b", time, type, version: 1, data: { hashAttribute: "__proto__" } },
    { id: "c", time, type, version: 9, data: { experimentKey: "cta-test" } },
    { id: "d", time, type, version: 1, data: { variationId: "x" } },
    customEvent("e", time),
  ]);
  // Stores don't take the last two as they are here, but a file may be damaged.
  const damages = new Map<string, object>([
    ["d", { time: NaN }],
    ["e", { data: null }],
  ]);
  const damaged: EventStore = {
    ...store,
    read: async (...given) =>
      (await store.read(...given)).map((event) => ({
        ...event,
        ...damages.get(event.id),
      })),
  };
  const { errors } = await visit(damaged, ["1"]);
  assertEquals(errors, []);
  assertEquals((await usersIn(store)).slice(-1), ["1"]);
});

Deno.test("a store that can't be read is told of, and loses nothing", async () => {
  for (const name of ["positions", "read"] as const) {
    const store = memoryStore();
    await visit(store, ["1"]);
    const fail = () => Promise.reject(new Error("Cannot read the store"));
    const failing = { ...store, [name]: fail };
    const { errors } = await visit(failing, ["1", "2"]);
    assertEquals(errors.map(String), ["Error: Cannot read the store"]);
    assertEquals(await usersIn(store), ["1", "1", "2"]);
  }
});

Deno.test("what was read before a store failed still counts", async () => {
  const store = memoryStore({ capacity: 1e5 });
  const ids = Array.from({ length: 600 }, (_, index) => `user-${index}`);
  await visit(store, ids);
  let reads = 0;
  const failing: EventStore = {
    ...store,
    read: (...given) =>
      ++reads === 1 ? store.read(...given) : Promise.reject(new Error("Gone")),
  };
  const { errors } = await visit(failing, ["user-0", "user-599"]);
  assertEquals(errors.length, 1);
  assertEquals((await usersIn(store)).slice(600), ["user-0"]);
});

Deno.test("evaluations go on while a slow log is read, and what they cause is sifted then", async () => {
  const store = memoryStore();
  await visit(store, ["1"]);
  const { slow, answer } = slowStore(store);
  const scene = open({ store: slow, attributes: { id: "1" } });
  assertEquals(scene.client.getFeatureValue("cta", ""), "Buy");
  scene.client.logEvent("asked", {});
  view(scene, "2", "1", "2");
  assertEquals(scene.events.map(({ type }) => type), ["payload.loaded"]);
  const flushed = scene.client.flush();
  answer();
  const { accepted, pending, dropped } = await flushed;
  assertEquals([accepted, pending, dropped], [2, 0, 0]);
  view(scene, "1", "2", "3");
  await scene.client.close();
  assertEquals(await usersIn(store), ["1", "2", "3"]);
  const told = scene.events.filter(({ type }) => type !== "payload.loaded");
  const types = ["custom", "experiment.viewed", "experiment.viewed"];
  assertEquals(told.map(({ type }) => type), types);
});

for (const method of ["flush", "close"] as const) {
  Deno.test(`${method}() by a subscriber that is told of held events loses none of them`, async () => {
    const store = memoryStore();
    await visit(store, ["0"]);
    const { slow, answer } = slowStore(store);
    const scene = open({ store: slow });
    const reports: unknown[] = [];
    scene.client.events$.subscribe(({ type }) => {
      if (type !== "experiment.viewed") return;
      void scene.client[method]().then(({ accepted, pending, dropped }) => {
        reports.push([accepted, pending, dropped]);
      });
    });
    view(scene, "0", "1", "2", "3");
    answer();
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await scene.client.close();
    assertEquals(await usersIn(store), ["0", "1", "2", "3"]);
    assertEquals(reports[0], [3, 0, 0]);
  });
}

Deno.test("a subscriber to events$ may record events of its own when it is told of held ones", async () => {
  const store = memoryStore();
  await visit(store, ["0"]);
  const { slow, answer } = slowStore(store);
  const scene = open({ store: slow });
  scene.client.events$.subscribe(({ type }) => {
    if (type === "experiment.viewed") scene.client.logEvent("seen", {});
  });
  view(scene, "1", "2");
  const flushed = scene.client.flush();
  answer();
  await flushed;
  const { accepted, dropped } = await scene.client.close();
  assertEquals([accepted, dropped], [4, 0]);
  const types = (await store.read(1)).map(({ type }) => type);
  assertEquals(types, [
    "experiment.viewed",
    "experiment.viewed",
    "custom",
    "custom",
  ]);
});

Deno.test("close() waits until a slow log is read", async () => {
  const store = memoryStore();
  await visit(store, ["1"]);
  const { slow, answer } = slowStore(store);
  const scene = open({ store: slow });
  view(scene, "1", "2");
  const closed = scene.client.close();
  answer();
  const { accepted, dropped } = await closed;
  assertEquals([accepted, dropped], [1, 0]);
  assertEquals(await usersIn(store), ["1", "2"]);
});

Deno.test("close() tells events$ also of what is not known to be new yet", async () => {
  const store = memoryStore();
  const { events } = await visit(store, ["1"]);
  assertEquals(exposures(events).length, 1);
  assertEquals(await usersIn(store), ["1"]);
});

Deno.test("a log that can't be read within seconds holds up no events any longer", async () => {
  const clock = manualClock(1_000_000);
  const store = memoryStore({ clock });
  await visit(store, ["1", "2"], { clock });
  const { slow, answer } = slowStore(store);
  const scene = open({ store: slow, clock });
  view(scene, "1");
  const flushed = scene.client.flush();
  clock.advance(5000);
  assertEquals((await flushed).accepted, 1);
  assertEquals(await usersIn(store), ["1", "2", "1"]);
  // Once it is read after all, it counts from then on.
  answer();
  await new Promise((resolve) => setTimeout(resolve, 0));
  view(scene, "1", "2", "3");
  await scene.client.close();
  assertEquals(await usersIn(store), ["1", "2", "1", "3"]);
});

for (const method of ["flush", "close"] as const) {
  Deno.test(`${method}({ timeout }) records within its time though the log is never read`, async () => {
    const clock = manualClock(1_000_000);
    const store = memoryStore({ clock });
    await visit(store, ["0"], { clock });
    const { slow } = slowStore(store);
    const scene = open({ store: slow, clock });
    view(scene, "1");
    await settle();
    const ended = scene.client[method]({ timeout: 100 });
    await settle();
    assertEquals(await usersIn(store), ["0"]);
    clock.advance(50);
    const { accepted, pending, dropped } = await ended;
    assertEquals([accepted, pending, dropped], [1, 0, 0]);
    await scene.client.close();
    assertEquals(await usersIn(store), ["0", "1"]);
    assertEquals(clock.timers(), []);
  });
}

Deno.test("an intake that is half full waits no longer for a slow log", async () => {
  const store = memoryStore();
  await visit(store, ["0"]);
  const { slow, answer } = slowStore(store);
  const scene = open({ store: slow, log: { capacity: 10 } });
  view(scene, "a", "b", "c", "d");
  await settle();
  assertEquals(await usersIn(store), ["0"]);
  for (let index = 0; index < 40; index++) {
    view(scene, `user-${index}`);
    await settle();
  }
  assertEquals((await usersIn(store)).length, 45);
  answer();
  const { accepted, dropped } = await scene.client.close();
  assertEquals([accepted, dropped], [44, 0]);
});

Deno.test("one event with a wrong clock makes a restart forget no other exposure", async () => {
  const clock = manualClock(1_000_000_000);
  const store = memoryStore({ clock });
  await visit(store, ["1", "2"], { clock });
  await visit(store, ["3"], { clock: manualClock(0) });
  await visit(store, ["1", "2"], { clock });
  assertEquals(await usersIn(store), ["1", "2", "3"]);
});

Deno.test("others have their turn while a large window is filled from a log", async () => {
  const store = memoryStore({ capacity: 1e5 });
  const ids = Array.from({ length: 5000 }, (_, index) => `user-${index}`);
  await visit(store, ids);
  const clock = manualClock(Date.now());
  const scene = open({ store, clock });
  view(scene, "user-0", "user-4999", "new");
  const flushed = scene.client.flush();
  let turns = 0;
  for (; (await usersIn(store)).length < 5001; turns++) {
    await settle();
    clock.advance(0);
  }
  // Ten pages to read, five slices to put in.
  assertEquals(turns > 12, true);
  assertEquals((await flushed).accepted, 1);
  await scene.client.close();
  assertEquals((await usersIn(store)).slice(5000), ["new"]);
});

Deno.test("restarts at any moments change nothing of what is stored", async () => {
  const days = fc.array(
    fc.record({
      ids: fc.array(fc.nat(9).map(String), { maxLength: 12 }),
      // Whether the client is given the time to read the log first.
      isReady: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(days, async (sessions) => {
      const store = memoryStore();
      for (const { ids, isReady } of sessions) {
        const scene = open({ store });
        if (isReady) await settle();
        view(scene, ...ids);
        await scene.client.close();
      }
      const all = sessions.flatMap(({ ids }) => ids);
      assertEquals(await usersIn(store), [...new Set(all)]);
    }),
    runs(100),
  );
});

Deno.test("restarts change nothing of what a window of any size and age makes store", async () => {
  const steps = fc.array(
    fc.record({
      id: fc.nat(7).map(String),
      later: fc.nat(30),
      restarts: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  const bounds = fc.record({
    exposureCapacity: fc.integer({ min: 1, max: 6 }),
    exposureAge: fc.integer({ min: 1, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(steps, bounds, async (visits, bound) => {
      const run = async (isRestarted: boolean) => {
        const clock = manualClock(1_000_000);
        const store = memoryStore({ clock });
        const options = {
          store,
          clock,
          log: { capacity: 1000 },
          tracking: bound,
        };
        let scene = open(options);
        for (const { id, later, restarts } of visits) {
          clock.advance(later);
          if (isRestarted && restarts) {
            await scene.client.close();
            scene = open(options);
          }
          await settle();
          view(scene, id);
        }
        await scene.client.close();
        return await usersIn(store);
      };
      assertEquals(await run(true), await run(false));
    }),
    runs(100),
  );
});

// As many turns as a client needs to read a short log in memory, and to be told so.
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

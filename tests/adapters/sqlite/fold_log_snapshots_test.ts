import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  foldLog,
  type SqliteStore,
  sqliteStore,
} from "../../../adapters/sqlite/mod.ts";
import type { NewEvent, Projection } from "../../../core/events/mod.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

type Ids = readonly string[];

/** Knows which events it was given, in their order. */
function ids(name: string, version: number = 1): Projection<Ids> {
  return {
    name,
    version,
    initial: [],
    evolve: (state, { id }) => [...state, id],
  };
}

/** The same, many at once. */
function batchedIds(name: string): Projection<Ids> {
  return {
    ...ids(name),
    fold: (state, events) => [...state, ...events.map(({ id }) => id)],
    pack: (state) => [...state],
  };
}

function named(first: number, count: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${first + index}`,
    time: 0,
    type: "custom",
    version: 1,
    data: { name: "a", properties: {} },
  }));
}

function numbers(first: number, last: number): Ids {
  return named(first, last - first + 1).map(({ id }) => id);
}

const often = { saveAfter: 1 };

/** A log of twelve events, of which the first ten were folded by one projection and then pruned. */
async function prunedLog(path: string = ":memory:"): Promise<SqliteStore> {
  const store = sqliteStore(path);
  await store.append(named(1, 10));
  await foldLog(store, { one: ids("one") }, often);
  await store.prune(10);
  await store.append(named(11, 2));
  return store;
}

Deno.test("foldLog() keeps what one projection knows of pruned events where another is added", async () => {
  const store = await prunedLog();
  const both = { one: ids("one"), two: batchedIds("two") };
  const { states, count, position } = await foldLog(store, both, often);
  assertEquals(states, { one: numbers(1, 12), two: numbers(11, 12) });
  assertEquals([count, position], [12, 12]);
  assertEquals(
    (await foldLog(store, { one: ids("one") })).states.one,
    numbers(1, 12),
  );
  await store.close();
});

Deno.test("foldLog() keeps what a projection knows of pruned events though it was not folded for a while", async () => {
  const store = await prunedLog();
  await foldLog(store, { two: ids("two") }, often);
  await store.append(named(13, 1));
  const both = { two: ids("two"), one: ids("one") };
  const { states } = await foldLog(store, both);
  assertEquals(states, { two: numbers(11, 13), one: numbers(1, 13) });
  await store.close();
});

Deno.test("foldLog() leaves what the version before knew where a version is raised", async () => {
  const store = await prunedLog();
  const raised = await foldLog(store, { one: ids("one", 2) }, often);
  assertEquals(raised.states.one, numbers(11, 12));
  const before = await foldLog(store, { one: ids("one") });
  assertEquals(before.states.one, numbers(1, 12));
  await store.close();
});

Deno.test("foldLog() reads no event twice for projections that are at different positions", async () => {
  const store = await prunedLog();
  const both = { one: ids("one"), two: ids("two") };
  await foldLog(store, { two: ids("two") }, often);
  await store.append(named(13, 3000));
  const read: number[] = [];
  await foldLog({
    ...store,
    read: async (after: number, limit?: number) => {
      const events = await store.read(after, limit);
      read.push(...events.map(({ position }) => position));
      return events;
    },
  }, both);
  assertEquals(read, Array.from({ length: 3002 }, (_, index) => index + 11));
  await store.close();
});

Deno.test("foldLog() saves one projection though another throws", async () => {
  const store = await prunedLog();
  const picky: Projection<Ids> = {
    ...ids("picky"),
    evolve: () => {
      throw new Error("Cannot take any");
    },
  };
  const { failures } = await foldLog(store, { one: ids("one"), picky }, often);
  assertEquals(failures.map(({ name }) => name), ["picky"]);
  await store.prune(12);
  const { states } = await foldLog(store, { one: ids("one") });
  assertEquals(states.one, numbers(1, 12));
  await store.close();
});

Deno.test("foldLog() keeps the snapshot of a projection that throws on it where the log is pruned", async () => {
  const store = await prunedLog();
  const full: Projection<Ids> = {
    ...ids("one"),
    evolve: (state, { id }) => {
      if (state.length >= 10) throw new RangeError("Cannot take more");
      return [...state, id];
    },
  };
  const { states, failures } = await foldLog(store, { full }, often);
  assertEquals(states.full, numbers(1, 10));
  assertEquals(failures.map(({ position }) => position), [11]);
  const { states: later } = await foldLog(store, { one: ids("one") });
  assertEquals(later.one, numbers(1, 12));
  await store.close();
});

Deno.test("foldLog() goes on from what another process saved of events that were pruned meanwhile", async () => {
  const store = sqliteStore(":memory:");
  await store.append(named(1, 3000));
  let reads = 0;
  const slow = {
    ...store,
    read: async (after: number, limit?: number) => {
      if (++reads === 2) {
        await foldLog(store, { one: ids("one") }, often);
        await store.prune(3000);
        await store.append(named(3001, 1));
      }
      return await store.read(after, limit);
    },
  };
  const { states } = await foldLog(slow, { one: ids("one") }, often);
  assertEquals(states.one, numbers(1, 3001));
  const again = await foldLog(store, { one: ids("one") });
  assertEquals(again.states.one, numbers(1, 3001));
  await store.close();
});

const known = [
  ids("one"),
  batchedIds("two"),
  ids("two", 2),
  ids("__proto__"),
  batchedIds("constructor"),
];

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ append: fc.nat(5) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        fold: fc.subarray(known, { minLength: 1 }),
        saveAfter: fc.constantFrom(1, 3, 10_000),
      }),
    },
    { weight: 2, arbitrary: fc.record({ prune: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.constant("restart" as const) },
  ),
  { maxLength: 25 },
);

interface Knowledge {
  readonly position: number;
  readonly ids: Ids;
}

// What a projection must know is what it knew when it was saved, and what the log holds of later.
Deno.test("foldLog() gives each projection all that it ever knew, whatever is folded beside it", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const path = `${temporaryFolder()}/log.db`;
      let store = sqliteStore(path);
      let first = 1;
      let last = 0;
      const saved = new Map<Projection<Ids>, Knowledge>();
      for (const step of steps) {
        if (step === "restart") {
          await store.close();
          store = sqliteStore(path);
        } else if ("append" in step) {
          await store.append(named(last + 1, step.append));
          last += step.append;
        } else if ("prune" in step) {
          const through = Math.min(step.prune, last);
          await store.prune(through);
          first = Math.max(first, through + 1);
        } else {
          const given = Object.fromEntries(
            step.fold.map((projection) => [
              `${projection.name}-${projection.version}`,
              projection,
            ]),
          );
          const { saveAfter } = step;
          const { states, failures } = await foldLog(store, given, {
            saveAfter,
          });
          assertEquals(failures, []);
          for (const projection of step.fold) {
            const before = saved.get(projection) ?? { position: 0, ids: [] };
            const since = numbers(Math.max(first, before.position + 1), last);
            const after = { position: last, ids: [...before.ids, ...since] };
            const { name, version } = projection;
            assertEquals(states[`${name}-${version}`], after.ids);
            if (since.length >= step.saveAfter) saved.set(projection, after);
          }
        }
      }
      await store.close();
    }),
    runs(60),
  );
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { foldLog, sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { jsonChecksum } from "../../../../adapters/sqlite/snapshots/json_checksum.ts";
import {
  checkSampleRatios,
  exposuresSeen,
  listExposuresSeen,
  type NewEvent,
  type Projection,
  sampleRatio,
} from "../../../../core/events/mod.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

const projections = { exposuresSeen: exposuresSeen(), sampleRatio };

function exposures(count: number, first: number = 0): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${first + index}`,
    time: 0,
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: `experiment-${index % 2}`,
      variationId: 0,
      variationKey: "control",
      hashAttribute: "id",
      hashValue: `user-${first + index}`,
      featureId: null,
      ruleId: "",
      askedFeatureId: null,
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
    },
  }));
}

/** A log of 3,000 exposures, with what projections had come to after the first 2,000. */
async function makeLog(): Promise<string> {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append(exposures(2000));
  await foldLog(store, projections, { saveAfter: 1 });
  await store.append(exposures(1000, 1500).slice(500));
  await store.append(exposures(500, 2500));
  await store.close();
  return path;
}

/** What there is to know of a log, and how many events were read for it. */
async function open(path: string) {
  const store = sqliteStore(path);
  let read = 0;
  const { states } = await foldLog({
    ...store,
    read: async (after: number, limit?: number) => {
      const events = await store.read(after, limit);
      read += events.length;
      return events;
    },
  }, projections);
  await store.close();
  return {
    read,
    users: checkSampleRatios(states.sampleRatio).map(({ users }) => users),
    seen: [...listExposuresSeen(states.exposuresSeen)],
  };
}

function changeSnapshots(path: string, expression: string): number {
  const database = new DatabaseSync(path);
  const { changes } = database.prepare(
    `UPDATE snapshots SET state = ${expression}`,
  ).run();
  database.close();
  return Number(changes);
}

Deno.test("foldLog() comes to the same from a snapshot of large states as from the events", async () => {
  const path = await makeLog();
  const fromSnapshot = await open(path);
  const database = new DatabaseSync(path);
  database.exec("DELETE FROM snapshots");
  database.close();
  const fromEvents = await open(path);
  assertEquals([fromSnapshot.read, fromEvents.read], [1000, 3000]);
  assertEquals({ ...fromSnapshot, read: 0 }, { ...fromEvents, read: 0 });
});

Deno.test("foldLog() folds again where a snapshot is JSON but not what was saved", async () => {
  const expected = await open(await makeLog());
  for (
    const expression of [
      "replace(state, 'user-7', 'user-8')",
      "replace(state, '\"size\":1000', '\"size\":1001')",
      "replace(state, '[', '[0,')",
      "'[]'",
      "'7'",
      '\'{"root":{"text":"oops"}}\'',
    ]
  ) {
    const path = await makeLog();
    assertEquals(changeSnapshots(path, expression), 2);
    assertEquals(await open(path), { ...expected, read: 3000 }, expression);
  }
});

Deno.test("foldLog() folds again where a projection throws on its snapshot", async () => {
  const store = sqliteStore(":memory:");
  await store.append(exposures(3));
  const projection: Projection<readonly string[]> = {
    name: "ids",
    version: 1,
    initial: [],
    evolve: (state, { id }) => [...state, id],
  };
  const state = [2, 7];
  await store.saveSnapshot({
    name: "ids",
    version: 1,
    position: 2,
    state: [jsonChecksum(state), ...state],
  });
  const { states, failures } = await foldLog(store, { projection });
  assertEquals(states.projection, ["0", "1", "2"]);
  assertEquals(failures, []);
  await store.close();
});

Deno.test("foldLog() keeps what is known of pruned events though a projection throws on a new one", async () => {
  const store = sqliteStore(":memory:");
  const count: Projection<number> = {
    name: "count",
    version: 1,
    initial: 0,
    evolve: (state) => state + 1,
  };
  const picky: Projection<number> = {
    name: "picky",
    version: 1,
    initial: 0,
    evolve: (state, { id }) => {
      if (id === "101") throw new Error("Cannot take this one");
      return state + 1;
    },
  };
  await store.append(exposures(100));
  await foldLog(store, { count, picky }, { saveAfter: 1 });
  await store.prune(90);
  await store.append(exposures(2, 100));
  const { states, failures, count: counted } = await foldLog(
    store,
    { count, picky },
    { saveAfter: 1 },
  );
  assertEquals(states, { count: 102, picky: 101 });
  assertEquals(counted, 102);
  assertEquals(failures.map(({ name, position }) => [name, position]), [
    ["picky", 102],
  ]);
  await store.close();
});

Deno.test("jsonChecksum() tells apart what only its structure tells apart", () => {
  const values = [
    [],
    {},
    "",
    null,
    0,
    "0",
    [[]],
    [[], []],
    [["a", "b"]],
    [["a"], "b"],
    ["a", "b"],
    ["ab"],
    { a: "b" },
    { b: "a" },
    { a: { b: 1 } },
    true,
    "true",
  ];
  assertEquals(new Set(values.map(jsonChecksum)).size, values.length);
  assert(values.map(jsonChecksum).every(Number.isInteger));
});

Deno.test("foldLog() refuses what is no store", async () => {
  const fold = foldLog as (...args: readonly unknown[]) => Promise<unknown>;
  await assertRejects(
    () => fold("log.db", {}),
    TypeError,
    'Cannot fold the log: a store is needed, such as of sqliteStore(path), the current value is "log.db"',
  );
});

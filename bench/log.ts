/**
 * Measures the event log in a file: `deno task bench:log [EVENTS] [--folds]`, a million when
 * absent; with `--folds`, only how long folding it takes. Appends are measured against the same rows
 * by a bare INSERT, and against the memory, in the same run.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import {
  checkSampleRatios,
  clientState,
  exposureCounts,
  exposuresSeen,
  featureUsage,
  payloadsLoaded,
  replay,
  sampleRatio,
  stickyDocuments,
} from "../core/events/mod.ts";
import type { NewEvent } from "../core/events/types/recorded_event.ts";
import type { EventStore } from "../adapters/log/port/event_store.ts";
import { memoryStore } from "../adapters/log/memory_store.ts";
import { foldLog, sqliteStore } from "../adapters/sqlite/mod.ts";
import { createIds } from "../adapters/support/create_ids.ts";
import { printRow } from "./table.ts";

const total = Number(Deno.args[0] ?? 1_000_000);
const few = Math.min(total, 50_000);
const folder = await Deno.makeTempDir();
const createId = createIds();
let files = 0;
let made = 0;

try {
  if (!Deno.args.includes("--folds")) await measureAppends();
  await measureFolds();
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function measureAppends(): Promise<void> {
  printRow("append", "per second", "p50", "p99", "of bare");
  for (const size of [1, 100]) {
    for (const powerSafe of [false, true]) {
      const count = powerSafe && size === 1 ? Math.min(few, 5000) : few;
      const runs = [];
      // In turn, and the better of three: the machine is shared.
      for (let round = 0; round < 3; round++) {
        const store = sqliteStore(newFile(), { powerSafe });
        await store.append(makeEvents(size));
        const events = makeEvents(count);
        const bare = insertBare(events, size, powerSafe);
        const ours = await time(store, events, size);
        await store.close();
        runs.push({ bare, ours, ratio: ours.rate / bare });
      }
      const best = runs.sort((a, b) => b.ours.rate - a.ours.rate)[0]!;
      const bare = Math.max(...runs.map((run) => run.bare));
      const name = `sqlite${powerSafe ? ", power safe" : ""}, ${size} at once`;
      row(name, best.ours, `${(best.ours.rate / bare).toFixed(2)}`);
    }
    const memory = memoryStore({ capacity: 2 * few, maxCharacters: Infinity });
    row(`memory, ${size} at once`, await time(memory, makeEvents(few), size));
  }
}

async function measureFolds(): Promise<void> {
  const projections = {
    clientState: clientState as never,
    exposureCounts,
    exposuresSeen: exposuresSeen(),
    featureUsage,
    payloadsLoaded,
    sampleRatio,
    stickyDocuments,
  };
  const file = newFile();
  const store = sqliteStore(file);
  for (let left = total; left > 0; left -= 10_000) {
    await store.append(makeEvents(Math.min(left, 10_000)));
  }
  await store.close();
  const { size } = await Deno.stat(file);
  console.log(`\n${total} events: ${(size / total).toFixed(0)} bytes each`);

  const fresh = sqliteStore(file);
  const before = usedHeap();
  let start = performance.now();
  const folded = await foldLog(fresh, projections, { saveAfter: Infinity });
  const reading = performance.now() - start;
  const heap = usedHeap() - before;
  console.log(
    `folding all projections: ${seconds(reading)}, ${
      (folded.count / reading * 1000).toFixed(0)
    } events a second, ${(heap / 2 ** 20).toFixed(0)} MB of heap, ${
      (Deno.memoryUsage().rss / 2 ** 20).toFixed(0)
    } MB in all`,
  );
  const users = checkSampleRatios(folded.states.sampleRatio)
    .reduce((sum, each) => sum + each.users, 0);
  console.log(
    `  ${users} users of experiments, ${folded.states.exposuresSeen.size} exposures seen`,
  );
  for (const [name, projection] of Object.entries(projections)) {
    const events = await fresh.read(0, 100_000);
    start = performance.now();
    replay(events, { projection: projection as never });
    const one = performance.now() - start;
    console.log(
      `  ${name.padEnd(16)} ${
        (one * 1e6 / events.length).toFixed(0)
      } ns an event`,
    );
  }
  await foldLog(fresh, projections, { saveAfter: 0 });
  await fresh.close();

  const client = {
    exposuresSeen: projections.exposuresSeen,
    stickyDocuments,
    exposureCounts,
  };
  for (
    const [name, wanted] of [
      ["what a client starts from", client],
      ["all projections", projections],
    ] as const
  ) {
    start = performance.now();
    const opened = sqliteStore(file);
    const { count } = await foldLog(opened, wanted as typeof client);
    const opening = performance.now() - start;
    console.log(
      `opening ${count} events with snapshots, ${name}: ${seconds(opening)}`,
    );
    await opened.close();
  }
}

/** Exposures of 99,991 users to 20 experiments, none of them twice in a million, as a client records them. */
function makeEvents(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => made++).map((index) => ({
    id: createId(),
    time: Date.now(),
    type: "experiment.viewed",
    version: 1,
    data: {
      experimentKey: `experiment-${index % 20}`,
      variationId: index % 2,
      variationKey: index % 2 === 0 ? "control" : "treatment",
      hashAttribute: "id",
      hashValue: `user-${index % 99_991}`,
      featureId: `feature-${index % 20}`,
      ruleId: "fr_40644z13m1ij0aq4h",
      askedFeatureId: `feature-${index % 20}`,
      inExperiment: true,
      stickyBucketUsed: false,
      weights: [0.5, 0.5],
      coverage: 1,
      bucket: (index % 10_000) / 10_000,
      payloadDigest: "ede6943ac77ee817",
    },
    user: { level: "identity", attributes: {} },
  }));
}

/** The same rows by a bare prepared INSERT: the text is made beforehand, and nothing is given back. */
function insertBare(
  events: readonly NewEvent[],
  size: number,
  powerSafe: boolean,
): number {
  const database = new DatabaseSync(newFile());
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${
      powerSafe ? "FULL" : "NORMAL"
    }; CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, time REAL NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL, user TEXT, payload TEXT) STRICT`,
  );
  const insert = database.prepare(
    "INSERT INTO events (id, time, type, version, data, user, payload) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const rows = events.map(({ data, user, ...rest }) => ({
    ...rest,
    data: JSON.stringify(data),
    user: JSON.stringify(user),
  }));
  const start = performance.now();
  for (let first = 0; first < rows.length; first += size) {
    database.exec("BEGIN IMMEDIATE");
    for (const row of rows.slice(first, first + size)) {
      const { id, time, type, version, data, user } = row;
      insert.run(id, time, type, version, data, user, null);
    }
    database.exec("COMMIT");
  }
  const duration = performance.now() - start;
  database.close();
  return rows.length / duration * 1000;
}

interface Timing {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

async function time(
  store: EventStore,
  events: readonly NewEvent[],
  size: number,
): Promise<Timing> {
  const durations: number[] = [];
  const start = performance.now();
  for (let first = 0; first < events.length; first += size) {
    const begin = performance.now();
    await store.append(events.slice(first, first + size));
    durations.push(performance.now() - begin);
  }
  const rate = events.length / (performance.now() - start) * 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) =>
    durations[Math.floor(durations.length * share)]!;
  return { rate, p50: at(0.5), p99: at(0.99) };
}

// What is in use once garbage is collected, where the runtime lets itself be asked to.
function usedHeap(): number {
  (globalThis as { readonly gc?: () => void }).gc?.();
  return Deno.memoryUsage().heapUsed;
}

function newFile(): string {
  return `${folder}/${++files}.db`;
}

function row(name: string, { rate, p50, p99 }: Timing, ratio = ""): void {
  printRow(name, rate.toFixed(0), milliseconds(p50), milliseconds(p99), ratio);
}

function milliseconds(value: number): string {
  return `${value.toFixed(3)} ms`;
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(2)} s`;
}

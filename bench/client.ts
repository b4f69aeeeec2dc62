/**
 * Measures the client: what recording adds to an evaluation, against the core alone and against the
 * official SDK's scoped client with a tracking callback, all in this process and in turn; and what a
 * log in a file leaves of its throughput.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type FeatureApiResponse,
  GrowthBookClient,
  type UserContext,
} from "@growthbook/growthbook";
import { do_not_optimize } from "mitata";
import {
  createClient,
  type EventStore,
  fixedSource,
  memoryStore,
} from "../adapters/client/mod.ts";
import { sqliteStore } from "../adapters/sqlite/mod.ts";
import { evalFeature, type Payload } from "../mod.ts";
import { interleave, median, type Work } from "./interleave.ts";
import { users, workloads } from "./workloads.ts";

const { payload } = workloads.find(({ name }) => name === "an experiment")!;
const keys = Object.keys(payload.features);
const keyOf = (call: number) => keys[call * 7 % keys.length]!;

/** Users whose exposures were all recorded before, and what evaluates for them. */
function seenUsers() {
  const client = createClient({
    source: fixedSource(payload),
    recording: { capacity: 1e6 },
  });
  const known = users.slice(0, 100);
  const views = known.map((attributes) => client.forUser({ attributes }));
  for (const view of views) for (const key of keys) view.isOn(key);
  const contexts = views.map((view) => view.snapshot());
  const official = new GrowthBookClient({ trackingCallback: () => {} });
  official.initSync({ payload: payload as unknown as FeatureApiResponse });
  const scoped = known.map((attributes) =>
    official.createScopedInstance({ attributes } as UserContext)
  );
  for (const instance of scoped) for (const key of keys) instance.isOn(key);
  const at = (call: number) => call % known.length;
  const work = {
    client: (call: number) => views[at(call)]!.isOn(keyOf(call)),
    core: (call: number) => evalFeature(contexts[at(call)]!, keyOf(call)),
    official: (call: number) => scoped[at(call)]!.isOn(keyOf(call)),
  };
  return { work, close: () => client.close({ timeout: 1000 }) };
}

async function compareSeen(): Promise<void> {
  const { work, close } = seenUsers();
  const kept = (each: Work): Work => (call) => do_not_optimize(each(call));
  const alone = await interleave(kept(work.core), kept(work.client));
  print(
    "isOn for a user seen before",
    `${alone.ratio.toFixed(2)} times evalFeature alone`,
    `${alone.theirs.toFixed(0)} ns, ${alone.ours.toFixed(0)} ns`,
  );
  const against = await interleave(kept(work.client), kept(work.official));
  print(
    "the same in the official scoped client",
    `${against.ratio.toFixed(1)} times ours`,
    `${against.theirs.toFixed(0)} ns`,
  );
  await close();
}

async function compareForUser(): Promise<void> {
  const client = createClient({ source: fixedSource(payload) });
  const view: Work = (call) =>
    do_not_optimize(
      client.forUser({ attributes: users[call % users.length]! }),
    );
  const evaluation: Work = (call) =>
    do_not_optimize(evalFeature(client.snapshot(), keyOf(call)));
  const { theirs, ratio } = await interleave(evaluation, view);
  print(
    "forUser",
    `${ratio.toFixed(2)} times an evaluation`,
    `${theirs.toFixed(0)} ns`,
  );
  await client.close({ timeout: 1000 });
}

async function countExposures(): Promise<void> {
  const count = 100_000;
  const source = fixedSource(payload);
  const client = createClient({
    source,
    trackingCallback: () => {},
    recording: { capacity: 1e6, maxCharacters: 1e9 },
  });
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    client.forUser({ attributes: { id: `new-${index}` } }).isOn(keyOf(index));
  }
  const taken = performance.now() - start;
  const { consumers } = await client.flush();
  const accepted = consumers["tracking-callback"]!.delivered;
  const written = performance.now() - start;
  print(
    "first exposures",
    `${perSecond(accepted, taken)} a second taken`,
    `${perSecond(accepted, written)} with the store in memory behind`,
  );
  await client.close({ timeout: 1000 });
}

/** Exposures of new users a second, until the store has them all. */
async function storedRate(store: EventStore, run: number): Promise<number> {
  const count = 20_000;
  const client = createClient({
    source: fixedSource(payload),
    store,
    recording: { capacity: 1e6 },
  });
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    const attributes = { id: `stored-${run}-${index}` };
    client.forUser({ attributes }).isOn(keyOf(index));
    // As between requests: the store has its turn while users come.
    if (index % 100 === 99) await new Promise((done) => setImmediate(done));
  }
  const { consumers } = await client.flush();
  const accepted = consumers["store"]!.delivered;
  const rate = accepted / (performance.now() - start) * 1000;
  await client.close({ timeout: 1000 });
  await store.close();
  return rate;
}

/** The log in a file against the one in memory, in turn, so that a slow machine slows both. */
async function compareStores(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "growthstream-"));
  const rounds: { readonly memory: number; readonly sqlite: number }[] = [];
  for (let run = 0; run < 7; run++) {
    const inMemory = memoryStore({ capacity: 1e6, maxCharacters: 1e9 });
    const memory = await storedRate(inMemory, run);
    const inFile = sqliteStore(join(folder, `${run}.db`));
    rounds.push({ memory, sqlite: await storedRate(inFile, run) });
  }
  rmSync(folder, { recursive: true });
  const sqlite = median(rounds.map((round) => round.sqlite));
  const memory = median(rounds.map((round) => round.memory));
  const share = median(rounds.map((round) => round.sqlite / round.memory));
  print(
    "views of new users until stored, in SQLite",
    `${perSecond(sqlite, 1000)} a second`,
    `${perSecond(memory, 1000)} in memory: ${share.toFixed(2)} times that`,
  );
}

/** A feature in a thousand reads each attribute but `plan`, which three read. */
function subscribedPayload(count: number): Payload {
  return {
    features: Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const name = index < 3 ? "plan" : `attribute-${index}`;
        const rules = [{ condition: { [name]: "team" }, force: true }];
        return [`feature-${index}`, { defaultValue: false, rules }];
      }),
    ),
  };
}

async function countUpdates(): Promise<void> {
  const source = fixedSource(subscribedPayload(1000));
  const client = createClient({ source });
  let emissions = 0;
  // What a definition compiles to is kept with the payload, whether or not anyone subscribes.
  client.allResults();
  const before = usedMemory();
  const subscriptions = Array.from(
    { length: 1000 },
    (_, index) =>
      client.feature$(`feature-${index}`).subscribe(() => void emissions++),
  );
  const memory = (usedMemory() - before) / subscriptions.length;
  const updates = 20_000;
  emissions = 0;
  const start = performance.now();
  for (let index = 0; index < updates; index++) {
    client.setAttributes({ plan: index % 2 === 0 ? "team" : "solo" });
  }
  const elapsed = performance.now() - start;
  print(
    "attribute updates, 1,000 features subscribed",
    `${perSecond(updates, elapsed)} a second`,
    `${(emissions / updates).toFixed(1)} emissions each`,
  );
  print("an idle subscription", `${memory.toFixed(0)} bytes`, "");
  for (const subscription of subscriptions) subscription.unsubscribe();
  await client.close({ timeout: 1000 });
}

function usedMemory(): number {
  const { gc } = globalThis as { readonly gc?: () => void };
  gc?.();
  return process.memoryUsage().heapUsed;
}

function perSecond(count: number, milliseconds: number): string {
  return Math.round(count / milliseconds * 1000).toLocaleString("en");
}

function print(name: string, figure: string, detail: string): void {
  console.log(name.padEnd(46), figure.padEnd(34), detail);
}

await compareSeen();
await compareForUser();
await countExposures();
await compareStores();
await countUpdates();

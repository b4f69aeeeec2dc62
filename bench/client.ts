/**
 * Measures the client against the core alone and against the official SDK, in this process and in
 * turn. Quote the ratios.
 *
 * @module
 */

import { GrowthBookClient } from "@growthbook/growthbook";
import { do_not_optimize } from "mitata";
import { type Client, createClient, fixed } from "../adapters/client/mod.ts";
import { type Attributes, evalFeature, type Payload } from "../mod.ts";
import { interleave, median } from "./interleave.ts";
import { users, workloads } from "./workloads.ts";

function listKeys(payload: Payload): readonly string[] {
  return Object.keys(payload.features);
}

/** Views of a client for all users, who have seen everything. */
function makeViews(client: Client, keys: readonly string[]) {
  const views = users.map((attributes) => client.forUser({ attributes }));
  for (const view of views) keys.forEach((key) => view.isOn(key));
  return views;
}

/** The official client's instances for all users, likewise. */
function makeInstances(payload: Payload, keys: readonly string[]) {
  const trackingCallback = () => {};
  const client = new GrowthBookClient({ trackingCallback });
  client.initSync({ payload: payload as never });
  const make = (attributes: Attributes) =>
    client.createScopedInstance({ attributes } as never);
  const instances = users.map(make);
  for (const instance of instances) keys.forEach((key) => instance.isOn(key));
  return { make, instances };
}

async function compareReads(name: string, payload: Payload): Promise<void> {
  const keys = listKeys(payload);
  const exposureCapacity = 1_000_000;
  const source = fixed(payload);
  const client = createClient({
    source,
    attributes: users[1]!,
    exposureCapacity,
    trackingCallback: () => {},
  });
  const views = makeViews(client, keys);
  const official = makeInstances(payload, keys);
  keys.forEach((key) => client.isOn(key));
  const contexts = views.map((view) => view.snapshot());
  const own = client.snapshot();
  const keyOf = (call: number) => keys[call * 7 % keys.length]!;

  const alone = await interleave(
    (call) => do_not_optimize(client.isOn(keyOf(call))),
    (call) => do_not_optimize(evalFeature(own, keyOf(call)).on),
  );
  const aloneForUsers = await interleave(
    (call) => do_not_optimize(views[call % views.length]!.isOn(keyOf(call))),
    (call) =>
      do_not_optimize(
        evalFeature(contexts[call % contexts.length]!, keyOf(call)).on,
      ),
  );
  const theirs = await interleave(
    (call) => do_not_optimize(views[call % views.length]!.isOn(keyOf(call))),
    (call) =>
      do_not_optimize(
        official.instances[call % users.length]!.isOn(keyOf(call)),
      ),
  );
  const requests = await interleave(
    (call) => {
      const attributes = users[call % users.length]!;
      do_not_optimize(client.forUser({ attributes }).isOn(keyOf(call)));
    },
    (call) =>
      do_not_optimize(
        official.make(users[call % users.length]!).isOn(keyOf(call)),
      ),
  );
  console.log(
    [
      name.padEnd(22),
      `isOn ${format(1 / alone.ratio)} times evalFeature`,
      `(${format(alone.ours, 0)} ns)`,
      `in views ${format(1 / aloneForUsers.ratio)} times`,
      `(${format(aloneForUsers.ours, 0)} ns),`,
      `${format(theirs.ratio)} times as fast as the official scoped instance,`,
      `${format(requests.ratio)} times with the view made anew`,
    ].join(" "),
  );
  await client.close();
}

async function compareViews(payload: Payload): Promise<void> {
  const client = createClient({ source: fixed(payload) });
  const { make } = makeInstances(payload, []);
  const { ours, ratio } = await interleave(
    (call) => {
      const attributes = users[call % users.length]!;
      do_not_optimize(client.forUser({ attributes }));
    },
    (call) => do_not_optimize(make(users[call % users.length]!)),
  );
  console.log(
    `forUser takes ${format(ours, 0)} ns, ` +
      `createScopedInstance ${format(ratio)} times that`,
  );
  await client.close();
}

/** Exposures that nobody saw before: each is recorded and handed to the store. */
async function measureFirstExposures(): Promise<void> {
  const { payload } = workloads.find(({ name }) => name === "experiments")!;
  const [key] = listKeys(payload);
  const count = 20_000;
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const client = createClient({ source: fixed(payload), capacity: count });
    const start = performance.now();
    for (let user = 0; user < count; user++) {
      client.forUser({ attributes: { id: `user-${user}` } }).isOn(key!);
    }
    rounds.push(count / (performance.now() - start) * 1000);
    await client.close();
  }
  console.log(`first exposures: ${format(median(rounds), 0)} a second`);
}

async function measureUpdates(): Promise<void> {
  const count = 1000;
  const features = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`feature-${index}`, {
      defaultValue: 0,
      rules: [{
        condition: index < 3 ? { country: "fr" } : { age: { $gt: index } },
        force: 1,
      }],
    }]),
  );
  const client = createClient({ source: fixed({ features }) });
  for (const key of Object.keys(features)) client.feature$(key).subscribe();
  const updates = 20_000;
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    for (let update = 0; update < updates; update++) {
      client.updateAttributes({ country: update % 2 === 0 ? "fr" : "de" });
    }
    rounds.push(updates / (performance.now() - start) * 1000);
  }
  console.log(
    `attribute updates with ${count} features subscribed, 3 of which read it: ` +
      `${format(median(rounds), 0)} a second`,
  );
  await client.close();
}

async function measureSubscriptions(payload: Payload): Promise<void> {
  const count = 20_000;
  const keys = listKeys(payload);
  const client = createClient({ source: fixed(payload) });
  for (const key of keys) client.feature$(key).subscribe();
  const streams = keys.map((key) => client.feature$(key));
  const collect = (globalThis as { readonly gc?: () => void }).gc;
  collect?.();
  const before = process.memoryUsage().heapUsed;
  const subscriptions = Array.from(
    { length: count },
    (_, index) => streams[index % streams.length]!.subscribe(),
  );
  collect?.();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  console.log(
    `an idle subscription takes ${format(bytes, 0)} bytes` +
      (collect ? "" : " (garbage included: run with --v8-flags=--expose-gc)"),
  );
  for (const subscription of subscriptions) subscription.unsubscribe();
  await client.close();
}

function format(value: number, digits: number = 1): string {
  return value.toFixed(digits);
}

for (const { name, payload } of workloads) await compareReads(name, payload);
const { payload } = workloads[workloads.length - 1]!;
await compareViews(payload);
await measureFirstExposures();
await measureUpdates();
await measureSubscriptions(payload);

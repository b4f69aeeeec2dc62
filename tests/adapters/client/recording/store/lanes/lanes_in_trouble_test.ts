import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import * as fc from "fast-check";
import {
  type Client,
  memoryStore,
} from "../../../../../../adapters/client/mod.ts";
import { sink } from "../../../../../../adapters/delivery/sink.ts";
import type { EventStore } from "../../../../../../adapters/log/port/event_store.ts";
import { systemClock } from "../../../../../../adapters/support/time/clock.ts";
import { hash } from "../../../../../../mod.ts";
import { passDuring, passTime } from "../../../../../support/pass_time.ts";
import { runs } from "../../../../../support/runs.ts";
import { open } from "../../../support.ts";
import { seize } from "./take_over.ts";
import { type Trouble, troubledStore } from "./troubled_store.ts";

/** Numbers from 0 up to 1, the same for each seed, and what is drawn from them. */
function chanceOf(seed: number) {
  let count = 0;
  let isWell = false;
  const random = () => hash(String(seed), String(count++), 2)!;
  const pick = (limit: number) => Math.floor(random() * limit);
  const trouble: Trouble = {
    happens: (probability) => !isWell && random() < probability,
    wait: (most) => new Promise((resolve) => setTimeout(resolve, pick(most))),
  };
  const end = () => isWell = true;
  return { random, pick, trouble, end, isWell: () => isWell };
}

type Chance = ReturnType<typeof chanceOf>;

/** Two destinations of a client, each of which is slow, fails, and stands still now and then. */
function destinations({ trouble, isWell }: Chance) {
  const got = [new Set<string>(), new Set<string>()];
  const isStuck = [false, false];
  const take = async (which: number, ids: readonly unknown[]) => {
    if (trouble.happens(0.2)) throw new Error("503");
    if (trouble.happens(0.2)) await trouble.wait(5_000);
    while (isStuck[which] && !isWell()) await trouble.wait(1_000);
    for (const id of ids) got[which]!.add(String(id));
  };
  return { got, isStuck, take };
}

function openClient(
  memory: EventStore,
  { random, trouble }: Chance,
  { take }: ReturnType<typeof destinations>,
  capacity: number,
): Client {
  return open({
    store: troubledStore(memory, trouble),
    recording: { capacity },
    random,
    clock: { now: () => Date.now(), setTimer: systemClock.setTimer },
    onError: () => {},
    trackingCallback: (_, { hashValue }) => take(0, [hashValue]),
    sinks: [sink({
      name: "sink",
      types: ["experiment.viewed"],
      limits: { gather: 100 },
      send: (events) =>
        take(
          1,
          events.map(({ data }) => (data as { hashValue?: unknown }).hashValue),
        ),
    })],
  }).client;
}

/** Another process takes over a lane whose owner is alive; gives what lets it go, where it keeps it. */
async function takeOverOne(store: EventStore, { pick, random }: Chance) {
  const states = (await store.consumers()).filter(({ owner, lane }) =>
    owner !== null && lane !== "redelivery"
  );
  const state = states[pick(states.length)];
  if (state === undefined) return null;
  const letGo = await seize(store, state, crypto.randomUUID());
  if (random() < 0.5) return letGo;
  await letGo();
  return null;
}

function checkSums(clients: readonly Client[]): void {
  for (const client of clients) {
    for (const report of Object.values(client.deliveries())) {
      const { recorded, delivered, pending, parked, dropped } = report;
      assertEquals(recorded, delivered + pending + parked + dropped);
      assert(Math.min(delivered, pending, parked, dropped) >= 0);
    }
  }
}

async function live(seed: number): Promise<void> {
  using time = new FakeTime(1_800_000_000_000);
  const chance = chanceOf(seed);
  const { pick } = chance;
  const memory = memoryStore({ clock: { now: () => Date.now() } });
  const places = destinations(chance);
  const capacity = [2, 5, 10_000][pick(3)]!;
  const clients = [0, 1].map(() =>
    openClient(memory, chance, places, capacity)
  );
  const ghosts: (() => Promise<unknown>)[] = [];
  let users = 0;
  const acts: readonly (() => unknown)[] = [
    () => {
      const client = clients[pick(2)]!;
      for (let count = pick(5); count >= 0; count--) {
        client.forUser({ attributes: { id: String(users++) } }).isOn("cta");
      }
    },
    async () => {
      const letGo = await takeOverOne(memory, chance);
      if (letGo !== null) ghosts.push(letGo);
    },
    () => ghosts.splice(pick(ghosts.length), 1)[0]?.(),
    () => {
      const which = pick(2);
      places.isStuck[which] = !places.isStuck[which];
    },
    () => void clients[pick(2)]!.flush({ timeout: pick(3_000) }),
    async () => {
      const client = clients[pick(2)]!;
      client.pauseTracking();
      await passTime(time, pick(3_000));
      client.resumeTracking();
    },
  ];
  for (let step = 0; step < 60; step++) {
    // What is recorded comes more often than what disturbs it.
    await acts[Math.max(0, pick(acts.length + 2) - 2)]!();
    await passTime(time, [0, 10, 1_000, 7_000][pick(4)]!);
    checkSums(clients);
  }
  chance.end();
  for (const letGo of ghosts) await letGo();
  await passTime(time, 200_000);
  checkSums(clients);
  const reports = clients.flatMap((client) =>
    Object.values(client.deliveries())
  );
  assertEquals(reports.filter(({ pending }) => pending > 0), []);
  await passDuring(
    time,
    5_000,
    Promise.all(clients.map((client) => client.close())),
  );
  assertEquals(await memory.consumers(), []);
  if (reports.some(({ dropped }) => dropped > 0)) return;
  const all = Array.from({ length: users }, (_, id) => String(id));
  for (const got of places.got) {
    assertEquals(all.filter((id) => !got.has(id)), []);
  }
}

Deno.test("clients deliver and count all that they store, whatever becomes of their lanes, store and destinations", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), live),
    { ...runs(30), endOnFailure: true, examples: [[-196330986], [1385572368]] },
  );
});

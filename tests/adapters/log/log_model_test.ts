import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import fc from "fast-check";
import {
  consume,
  type Consumer,
} from "../../../adapters/delivery/earlier/consume.ts";
import { createEventLog } from "../../../adapters/log/create_event_log.ts";
import type { EventLog } from "../../../adapters/log/event_log.ts";
import type { EventStore } from "../../../adapters/log/event_store.ts";
import { exposureWindow } from "../../../adapters/log/exposure_window.ts";
import type { ExposureWindow } from "../../../adapters/log/exposure_window.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import { runs } from "../../support/runs.ts";
import { passTime } from "../../support/pass_time.ts";

// A window, a log, a store that fails when it is told to, and two consumers, of which one has a
// handler that fails when it is told to. The model knows nothing of how they work: only who was
// shown what, what was given, and what is owed to whom.

/** What must be so. */
interface Model {
  /** Users that were shown something. */
  readonly shown: Set<number>;
  /** Who an event is about, by id. */
  readonly users: Map<string, number>;
  /** The ids of events that were taken by a log. */
  readonly taken: string[];
  /** Those that a closing log gave up. */
  readonly givenUp: Set<string>;
}

/** The real things. */
interface Real {
  readonly time: FakeTime;
  readonly capacity: number;
  /** The store itself, which does not fail. */
  readonly store: EventStore;
  /** The same, failing as often as it says. */
  readonly failing: EventStore & { failures: number };
  window: ExposureWindow;
  log: EventLog;
  readonly sinks: Record<"flaky" | "steady", Sink>;
  nextId: number;
}

interface Sink {
  failures: number;
  readonly poison: Set<string>;
  readonly taken: string[];
  readonly seen: Map<string, number>;
  readonly parked: Set<string>;
  /** What earlier consumers of this name counted. */
  readonly past: { delivered: number; parked: number; dropped: number };
  consumer: Consumer;
}

type Step = fc.AsyncCommand<Model, Real>;

function failingStore(store: EventStore): Real["failing"] {
  const failing = {
    ...store,
    failures: 0,
    append: (events: readonly NewEvent[]) => fail(() => store.append(events)),
    read: (after: number, limit?: number) =>
      fail(() => store.read(after, limit)),
    commit: (name: string, expected: number, next: number) =>
      fail(() => store.commit(name, expected, next)),
  };
  async function fail<Result>(action: () => Promise<Result>): Promise<Result> {
    await Promise.resolve();
    if (failing.failures === 0) return await action();
    failing.failures--;
    // Every other failure comes after the deed, as when an answer gets lost.
    if (failing.failures % 2 === 1) await action();
    throw new Error("The disk is busy");
  }
  return failing;
}

function startLog(real: Real): void {
  const window = exposureWindow();
  real.window = window;
  real.log = createEventLog({
    store: real.failing,
    capacity: real.capacity,
    batchSize: 3,
    random: () => 0.5,
    onDropped: (events) => {
      for (const { data } of events) {
        window.unmark("id", data["hashValue"], "button", "0");
      }
    },
  });
}

function startSink(real: Real, name: "flaky" | "steady"): void {
  const sink = real.sinks[name];
  sink.consumer = consume(real.failing, name, async (events) => {
    await Promise.resolve();
    for (const { id, position } of events) {
      const before = sink.seen.get(id);
      assert(before === undefined || before === position, "another position");
      sink.seen.set(id, position);
    }
    const bad = events.find(({ id }) => sink.poison.has(id));
    if (bad !== undefined) {
      if (events.length === 1) sink.parked.add(bad.id);
      throw Object.assign(new Error("Refused"), { delivery: "reject" });
    }
    if (sink.failures > 0) {
      sink.failures--;
      throw new Error("Not now");
    }
    sink.taken.push(...events.map(({ id }) => id));
  }, { batchSize: 4, random: () => 0.5 });
}

async function stopSink(sink: Sink): Promise<void> {
  await sink.consumer.stop();
  const { delivered, parked, dropped } = sink.consumer.counts();
  sink.past.delivered += delivered;
  sink.past.parked += parked;
  sink.past.dropped += dropped;
}

function step(
  name: string,
  run: (model: Model, real: Real) => void | Promise<void>,
): Step {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      const { recorded, accepted, pending, dropped } = real.log.counts();
      assertEquals(recorded, accepted + pending + dropped);
      assert(pending <= real.capacity + 6, "the intake grows");
      assert(real.window.size() <= model.shown.size);
    },
    toString: () => name,
  };
}

function show(model: Model, real: Real, user: number, isPoison: boolean): void {
  model.shown.add(user);
  if (!real.window.mark("id", user, "button", "0")) return;
  const id = `exposure-${++real.nextId}`;
  model.users.set(id, user);
  const isTaken = real.log.record({
    id,
    time: 0,
    type: "experiment.viewed",
    version: 1,
    data: { hashValue: user },
  });
  if (isTaken) model.taken.push(id);
  else real.window.unmark("id", user, "button", "0");
  if (isPoison) real.sinks.flaky.poison.add(id);
}

const user = fc.integer({ min: 1, max: 30 });
const few = fc.integer({ min: 1, max: 4 });
const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(fc.array(user, { maxLength: 6 }), fc.boolean()).map((
    [users, isPoison],
  ) =>
    step(`show ${users} ${isPoison ? "poison" : ""}`, (model, real) => {
      for (const each of users) show(model, real, each, isPoison);
    })
  ),
  few.map((count) =>
    step(`store fails ${count}`, (_, real) => {
      real.failing.failures = count;
    })
  ),
  few.map((count) =>
    step(`handler fails ${count}`, (_, real) => {
      real.sinks.flaky.failures = count;
    })
  ),
  fc.constant(step("pause", (_, { sinks }) => sinks.flaky.consumer.pause())),
  fc.constant(step("resume", (_, { sinks }) => sinks.flaky.consumer.resume())),
  fc.integer({ min: 0, max: 3000 }).map((milliseconds) =>
    step(`pass ${milliseconds}`, (_, { time }) => passTime(time, milliseconds))
  ),
  fc.constant(step("prune", async (_, { store, failing, sinks, time }) => {
    // A commit whose failure leaves open whether it was done can't be told from one that pruning
    // overtook, if both end at the same position: the ledger is exact only where the two don't meet.
    failing.failures = 0;
    await passTime(time, 60_000);
    const { last } = await store.positions();
    // The steady one must get everything, so nothing goes before it has.
    await store.prune(
      Math.min(last, await store.checkpoint("steady")),
    );
    assert(sinks.flaky.consumer.counts().dropped >= 0);
  })),
  fc.constant(step("restart sinks", async (_, real) => {
    for (const name of ["flaky", "steady"] as const) {
      // A store that is retried needs time to pass before it lets go.
      const stopping = stopSink(real.sinks[name]);
      await passTime(real.time, 0);
      await stopping;
      startSink(real, name);
    }
  })),
  fc.constant(step("restart log", async (model, real) => {
    const closing = real.log.close({ timeout: 100 });
    await passTime(real.time, 100);
    await closing;
    const ids = everAppended.get(real.store)!;
    for (const id of model.taken) if (!ids.has(id)) model.givenUp.add(id);
    startLog(real);
  })),
];

const everAppended = new WeakMap<EventStore, Set<string>>();

function createReal(capacity: number): Real {
  const memory = memoryStore();
  const appended = new Set<string>();
  const store: EventStore = {
    ...memory,
    append: (events) => {
      for (const { id } of events) appended.add(id);
      return memory.append(events);
    },
  };
  everAppended.set(store, appended);
  const sink = () => ({
    failures: 0,
    poison: new Set<string>(),
    taken: [],
    seen: new Map<string, number>(),
    parked: new Set<string>(),
    past: { delivered: 0, parked: 0, dropped: 0 },
  } as unknown as Sink);
  const real = {
    time: new FakeTime(0),
    capacity,
    store,
    failing: failingStore(store),
    sinks: { flaky: sink(), steady: sink() },
    nextId: 0,
  } as unknown as Real;
  startLog(real);
  startSink(real, "flaky");
  startSink(real, "steady");
  return real;
}

async function settle(model: Model, real: Real): Promise<void> {
  const { time, store, sinks } = real;
  sinks.flaky.consumer.resume();
  real.failing.failures = sinks.flaky.failures = 0;
  await passTime(time, 600_000);

  const { pending } = real.log.counts();
  assertEquals(pending, 0);
  const appended = everAppended.get(store)!;
  const kept = model.taken.filter((id) => appended.has(id));
  // What was taken is accepted, or was given up by a log that closed.
  assertEquals(
    model.taken.filter((id) => !appended.has(id) && !model.givenUp.has(id)),
    [],
  );
  // Steady gets everything, in order, with one position each.
  const steady = [...new Set(sinks.steady.taken)];
  assertEquals(steady, kept);
  // Flaky gets what is not parked and was not pruned before it, in order.
  const flaky = [...new Set(sinks.flaky.taken)];
  assertEquals(flaky, kept.filter((id) => flaky.includes(id)));
  for (const [name, sink] of Object.entries(sinks)) {
    const ledger = await sink.consumer.ledger();
    const { past } = sink;
    assertEquals(ledger.pending, 0);
    assertEquals(
      past.delivered + past.parked + past.dropped + ledger.accepted,
      kept.length,
      `the ledger of ${name}`,
    );
    // What it neither took nor refused alone went before it could: no more than it was told of.
    const taken = new Set([...sink.taken, ...sink.parked]);
    const lost = kept.filter((id) => !taken.has(id)).length;
    assert(past.dropped + ledger.dropped >= lost, `${name} misses events`);
    assert(past.parked + ledger.parked <= sink.parked.size);
    assertEquals(
      [...sink.parked].every((id) => sink.poison.has(id)),
      true,
    );
  }
  // No exposure is hidden: who is shown the variation now is in the log, or is recorded at once.
  const accepted = new Set(kept.map((id) => model.users.get(id)));
  for (const each of model.shown) {
    const isMarked = !real.window.mark("id", each, "button", "0");
    assert(!isMarked || accepted.has(each), `user ${each} is hidden`);
  }
  await real.log.close();
  for (const sink of Object.values(sinks)) await sink.consumer.stop();
  assertEquals(time.next(), false, "a timer is left");
}

Deno.test("the log keeps its promises on any schedule of failures, overflows, pauses, pruning and restarts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(steps, { maxCommands: 30 }),
      fc.integer({ min: 1, max: 8 }),
      async (commands, capacity) => {
        const model: Model = {
          shown: new Set(),
          users: new Map(),
          taken: [],
          givenUp: new Set(),
        };
        const real = createReal(capacity);
        try {
          await fc.asyncModelRun(() => ({ model, real }), commands);
          await settle(model, real);
        } finally {
          real.time.restore();
        }
      },
    ),
    runs(150),
  );
});

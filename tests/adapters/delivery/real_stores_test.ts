import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import * as fc from "fast-check";
import { consume } from "../../../adapters/delivery/consume.ts";
import { listParked } from "../../../adapters/delivery/list_parked.ts";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { wholeLog } from "../../../adapters/log/port/consumer_key.ts";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { Clock } from "../../../adapters/support/time/clock.ts";
import { systemClock } from "../../../adapters/support/time/clock.ts";
import { makeEvent } from "../../support/events/make_event.ts";
import { passTime } from "../../support/pass_time.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

/** What a handler does with a batch. */
type Mode = "takes" | "fails" | "hangs" | "refuses";

const reader = fc.nat(1);
const schedule = fc.record({
  inOrder: fc.boolean(),
  batchSize: fc.integer({ min: 1, max: 5 }),
  steps: fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant("append" as const),
        count: fc.integer({ min: 1, max: 8 }),
      }),
      fc.record({
        type: fc.constant("mode" as const),
        reader,
        mode: fc.constantFrom<Mode>("takes", "fails", "hangs", "refuses"),
      }),
      fc.record({ type: fc.constant("lose" as const) }),
      fc.record({
        type: fc.constant("jump" as const),
        by: fc.integer({ min: -86_400_000, max: 86_400_000 }),
      }),
      fc.record({
        type: fc.constant("wait" as const),
        time: fc.integer({ min: 0, max: 8_000 }),
      }),
    ),
    { minLength: 1, maxLength: 16 },
  ),
});

/** Opens a log twice, as two processes do. */
type OpenTwice = (clock: Clock) => readonly [EventStore, EventStore];

const logs: { readonly [name: string]: OpenTwice } = {
  "in memory": (clock) => {
    const store = memoryStore({ clock });
    return [store, store];
  },
  "in a file": (clock) => {
    const path = `${temporaryFolder()}/log.db`;
    const open = () => sqliteStore(path, { clock, pollInterval: 2_000 });
    return [open(), open()];
  },
};

for (const [where, openTwice] of Object.entries(logs)) {
  Deno.test(`whatever handlers, clocks and owners do, each event of a log ${where} is taken or parked`, async () => {
    await fc.assert(
      fc.asyncProperty(
        schedule,
        ({ inOrder, batchSize, steps }) =>
          run(openTwice, { inOrder, batchSize }, steps),
      ),
      runs(10),
    );
  });
}

type Steps = (typeof schedule extends fc.Arbitrary<infer Value> ? Value
  : never)["steps"];

async function run(
  openTwice: OpenTwice,
  options: { readonly inOrder: boolean; readonly batchSize: number },
  steps: Steps,
): Promise<void> {
  using time = new FakeTime();
  let offset = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => Date.now() + offset,
    monotonic: () => Date.now(),
  };
  const stores = openTwice(clock);
  const modes: Mode[] = ["takes", "takes"];
  const taken = new Map<string, number>();
  const refused = new Set<string>();
  const consumers = stores.map((store, index) =>
    consume(store, "a", (events) => {
      switch (modes[index]) {
        case "fails":
          throw new Error("503");
        case "hangs":
          return new Promise(() => {});
        case "refuses":
          for (const { id } of events) refused.add(id);
          throw Object.assign(new Error("no"), { delivery: "reject" });
        default:
          for (const { id } of events) taken.set(id, (taken.get(id) ?? 0) + 1);
      }
    }, {
      ...options,
      owner: `owner ${index}`,
      longestCall: 5_000,
      clock,
      onError: () => {},
    })
  );
  const ids: string[] = [];
  let losses = 0;
  for (const step of steps) {
    if (step.type === "append") {
      const events = Array.from(
        { length: step.count },
        (_, at) => makeEvent(ids.length + at + 1),
      );
      ids.push(...events.map(({ id }) => id));
      await stores[0].append(events);
    } else if (step.type === "mode") modes[step.reader] = step.mode;
    else if (step.type === "jump") offset += step.by;
    else if (step.type === "wait") await passTime(time, step.time);
    else {
      const [state] = await stores[0].consumers();
      if (typeof state?.owner !== "string") continue;
      const store = stores[state.owner === "owner 0" ? 0 : 1];
      await store.release({ name: "a", lane: wholeLog }, state.owner);
      losses++;
    }
  }
  modes.fill("takes");
  await passTime(time, 60_000);

  const parked = (await listParked(stores[0], "a")).map(({ event }) =>
    event.id
  );
  assertEquals(new Set([...taken.keys(), ...parked]), new Set(ids));
  for (const id of parked) assert(refused.has(id));
  // Who lost a log repeats what was in hand, and nothing else is given twice.
  for (const count of taken.values()) assert(count <= losses + 1);
  for (const consumer of consumers) {
    const { recorded, delivered, pending, dropped, ...rest } = await consumer
      .ledger();
    assertEquals(recorded, delivered + pending + rest.parked + dropped);
  }
  const [state] = await stores[0].consumers();
  if (ids.length > 0) {
    assertEquals(state?.checkpoint, { position: ids.length, unsettled: [] });
  }
  for (const consumer of consumers) await consumer.stop();
  for (const store of new Set(stores)) await store.close();
}

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import type { EventStore } from "../../../adapters/log/port/event_store.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import type { NewEvent } from "../../../core/events/mod.ts";
import {
  exposure,
  smallEvent,
} from "../../contracts/event_store/small_event.ts";
import { runs } from "../../support/runs.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

// Ids in order, ids out of order, and ids that are no UUIDs, of exposures and other events.
function eventOf(index: number): NewEvent {
  if (index % 4 === 0) return { ...smallEvent(index), id: `own-${index}` };
  if (index % 4 === 1) return smallEvent(index);
  return exposure(index, { hashValue: `${index % 7}`, variationId: index % 2 });
}

const day = 86_400_000;

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        append: fc.array(fc.nat(60), { maxLength: 12 }),
        by: fc.nat(1),
        age: fc.constantFrom(0, day),
      }),
    },
    { weight: 1, arbitrary: fc.record({ prune: fc.nat(60) }) },
    { weight: 1, arbitrary: fc.record({ erase: fc.nat(6) }) },
    { weight: 1, arbitrary: fc.record({ settle: fc.nat(60) }) },
    { weight: 1, arbitrary: fc.record({ pass: fc.nat(2 * day) }) },
    { weight: 1, arbitrary: fc.record({ reopen: fc.nat(1) }) },
  ),
  { maxLength: 30 },
);

// The memory keeps all ids and marks, and one after the other: what two processes do with a file is the
// same, whatever marks and ids are in which of their parts.
Deno.test("sqliteStore() knows ids and exposures as memoryStore() does, by two processes", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      let now = 1_750_000_000_000;
      const clock = { now: () => now, setTimer: () => () => {} };
      const path = `${temporaryFolder()}/log.db`;
      const numbered = () => {
        let made = 0;
        return () => `dropped-${++made}`;
      };
      const createId = numbered();
      const open = (rememberedExposures: number) =>
        sqliteStore(path, { clock, createId, rememberedExposures });
      const files = [open(1_000_000), open(100)];
      const model = memoryStore({ clock, createId: numbered() });
      for (const step of steps) {
        if ("pass" in step) now += step.pass;
        else if ("reopen" in step) {
          await files[step.reopen]!.close();
          files[step.reopen] = open(1_000_000);
        } else {
          const by = "append" in step ? step.by : 0;
          const work = (store: EventStore) => perform(store, step);
          assertEquals(await work(files[by]!), await work(model));
        }
      }
      for (const store of files) {
        assertEquals(await store.read(0), await model.read(0));
        assertEquals(await store.positions(), await model.positions());
        await store.close();
      }
    }),
    runs(100),
  );
});

function perform(
  store: EventStore,
  step: object,
): Promise<unknown> {
  const { append, age, prune, erase, settle } = step as {
    readonly append?: readonly number[];
    readonly age?: number;
    readonly prune?: number;
    readonly erase?: number;
    readonly settle?: number;
  };
  if (append !== undefined) {
    return store.append(append.map(eventOf), { exposureAge: age! });
  }
  if (prune !== undefined) return store.prune(prune);
  if (erase !== undefined) {
    return store.erase({ attribute: "id", value: erase });
  }
  return settleTo(store, settle!);
}

async function settleTo(store: EventStore, position: number): Promise<void> {
  const key = { name: "reader" };
  await store.claim(key, "one");
  await store.commit(key, "one", { position, unsettled: [] });
  await store.release(key, "one");
}

Deno.test("sqliteStore() knows the ids of many blocks, in any order, also when some of it was pruned", async () => {
  const store = sqliteStore(":memory:");
  const events = Array.from({ length: 3000 }, (_, index) => smallEvent(index));
  const late = events.filter((_, index) => index % 10 === 3);
  const stored = await store.append(
    events.filter((_, index) => index % 10 !== 3),
  );
  const after = await store.append(late);
  assertEquals(await store.append(late), after);
  assertEquals(
    await store.append([...stored].reverse()),
    [...stored].reverse(),
  );
  await store.prune(777);
  const again = await store.append(events);
  const positions = new Map(
    [...stored, ...after].map(({ id, position }) => [id, position]),
  );
  for (const { id, position } of again) {
    assertEquals(position, positions.get(id));
  }
  assertEquals((await store.positions()).last, 3000);
  await store.close();
});

Deno.test("sqliteStore() forgets ids that are too old, and goes on after its last position", async () => {
  const path = `${temporaryFolder()}/log.db`;
  let store = sqliteStore(path, { rememberedIds: 0 });
  const events = Array.from({ length: 600 }, (_, index) => smallEvent(index));
  await store.append(events);
  await store.prune(Infinity);
  await store.close();
  store = sqliteStore(path, { rememberedIds: 0 });
  assertEquals(await store.positions(), { first: 601, last: 600 });
  const [again] = await store.append([smallEvent(1)]);
  assertEquals(again!.position, 601);
  await store.close();
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { memoryStore } from "../../adapters/log/memory_store.ts";
import type { EventStore } from "../../adapters/log/port/event_store.ts";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { customEvent } from "../support/events/custom_event.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { settleTo } from "../support/events/consumer_state.ts";

/** Something that is done to a store, or `crash`, which is done to the process around it. */
type Operation =
  | { readonly kind: "append"; readonly ids: readonly number[] }
  | { readonly kind: "read"; readonly after: number; readonly limit: number }
  | {
    readonly kind: "commit";
    readonly expected: number;
    readonly next: number;
  }
  | { readonly kind: "prune"; readonly through: number }
  | { readonly kind: "crash" }
  | { readonly kind: "restart" };

const position = fc.nat(25);
const operations: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      ids: fc.array(fc.nat(30), { maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      after: position,
      limit: fc.nat(10),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("commit" as const),
      expected: fc.oneof(fc.constant(0), position),
      next: position,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("prune" as const),
      through: position,
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "crash" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);

Deno.test("sqliteStore() does what memoryStore() does, whenever the process is killed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operations, { maxLength: 40 }),
      async (sequence) => {
        let path = `${temporaryFolder()}/log.db`;
        let store = open(path);
        const model = memoryStore({ clock, createId: numbered() });
        let made = 0;
        for (const operation of sequence) {
          if (operation.kind === "crash" || operation.kind === "restart") {
            if (operation.kind === "crash") path = leaveBehind(path);
            const before = store;
            store = open(path, made);
            if (operation.kind === "restart") await before.close();
            else abandoned.push(before);
            continue;
          }
          const expected = await perform(model, operation);
          assertEquals(await perform(store, operation), expected);
          made = await countDropped(model);
        }
        assertEquals(await lookAt(store), await lookAt(model));
        for (const each of [...abandoned.splice(0), store]) await each.close();
      },
    ),
    runs(60),
  );
});

const abandoned: EventStore[] = [];
const clock = { now: () => 0, setTimer: () => () => {} };

function open(path: string, made = 0): ReturnType<typeof sqliteStore> {
  return sqliteStore(path, { clock, createId: numbered(made) });
}

/** What is on the disk, and in the system's memory of it, when a process is killed. */
function leaveBehind(path: string): string {
  const copy = `${temporaryFolder()}/log.db`;
  for (const end of ["", "-wal"]) {
    try {
      Deno.copyFileSync(path + end, copy + end);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return copy;
}

function numbered(made = 0): () => string {
  return () => `dropped-${++made}`;
}

// What tells consumers that they miss something has ids of the store's own.
async function countDropped(store: EventStore): Promise<number> {
  const events = await store.read(0);
  return Math.max(
    0,
    ...events.filter(({ type }) => type === "events.dropped")
      .map(({ id }) => Number(id.slice("dropped-".length))),
  );
}

function perform(
  store: EventStore,
  operation: Exclude<Operation, { kind: "crash" | "restart" }>,
): Promise<unknown> {
  switch (operation.kind) {
    case "append":
      return store.append(operation.ids.map((id) => customEvent(`${id}`)));
    case "read":
      return store.read(operation.after, operation.limit);
    case "commit":
      return settleTo(store, "reader", operation.next);
    case "prune":
      return store.prune(operation.through);
  }
}

async function lookAt(store: EventStore): Promise<unknown> {
  return {
    events: await store.read(0),
    positions: await store.positions(),
    checkpoints: (await store.consumers()).map(({ name, checkpoint }) => [
      name,
      checkpoint,
    ]),
  };
}

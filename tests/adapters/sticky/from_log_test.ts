import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { logStickyBuckets } from "../../../adapters/sticky/log_sticky_buckets.ts";
import type { StickySnapshot } from "../../../adapters/sticky/sticky_snapshot.ts";
import {
  evolveStickyBuckets,
  type StickyAssignmentDocument,
  type StickyAssignmentDocuments,
} from "../../../mod.ts";
import type { NewEvent } from "../../../core/events/mod.ts";
import { malformed } from "../../support/malformed.ts";
import { runs } from "../../support/runs.ts";
import { documentOf, nameOf } from "../../support/sticky_documents.ts";

let count = 0;

function assigned(document: StickyAssignmentDocument): NewEvent {
  return {
    id: `0199b2c4-6c00-7000-8000-${String(++count).padStart(12, "0")}`,
    time: 1_760_000_000_000,
    type: "sticky-bucket.assigned",
    version: 1,
    data: { ...document },
  };
}

async function assignmentsOf(
  store: ReturnType<typeof logStickyBuckets>,
  value = "7",
): Promise<unknown> {
  const documents = await store.load([nameOf(value)]);
  return documents[`id||${value}`]?.assignments;
}

Deno.test("fromLog() gives what the log says, also what came after the first load", async () => {
  const log = memoryStore();
  const store = logStickyBuckets(log);
  await log.append([assigned(documentOf("7", { a__0: "1" }))]);
  assertEquals(await assignmentsOf(store), { a__0: "1" });
  await log.append([assigned(documentOf("7", { b__0: "1" }))]);
  assertEquals(await assignmentsOf(store), { a__0: "1", b__0: "1" });
});

Deno.test("fromLog() reads a log that is longer than one answer", async () => {
  const log = memoryStore();
  const events = Array.from(
    { length: 2_500 },
    (_, number) => assigned(documentOf(`${number}`, { a__0: `${number}` })),
  );
  await log.append(events);
  assertEquals(await assignmentsOf(logStickyBuckets(log), "2499"), {
    a__0: "2499",
  });
});

Deno.test("fromLog() skips other events, and those that are malformed", async () => {
  const log = memoryStore();
  const right = assigned(documentOf("7", { a__0: "1" }));
  await log.append([
    { ...assigned(documentOf("7", {})), type: "custom" },
    { ...assigned(documentOf("7", { b__0: "1" })), version: 99 },
    { ...assigned(documentOf("7", {})), data: { attributeName: 7 } },
    right,
  ]);
  assertEquals(await assignmentsOf(logStickyBuckets(log)), { a__0: "1" });
});

Deno.test("fromLog() knows at once what is saved, and writes nothing to the log", async () => {
  const log = memoryStore();
  const store = logStickyBuckets(log);
  await store.save(documentOf("7", { a__0: "1" }));
  assertEquals(await assignmentsOf(store), { a__0: "1" });
  assertEquals(await log.positions(), { first: 0, last: 0 });
});

Deno.test("fromLog() begins where a snapshot ends, after what came before was pruned", async () => {
  const log = memoryStore();
  await log.append([assigned(documentOf("7", { a__0: "1" }))]);
  const text = JSON.stringify(await logStickyBuckets(log).snapshot());
  await log.prune(1);
  await log.append([assigned(documentOf("7", { b__0: "1" }))]);
  assertEquals(await assignmentsOf(logStickyBuckets(log)), { b__0: "1" });
  const store = logStickyBuckets(log, { snapshot: JSON.parse(text) });
  assertEquals(await assignmentsOf(store), { a__0: "1", b__0: "1" });
});

for (
  const [what, snapshot] of [
    ["nothing", null],
    ["of another version", { version: 0, position: 1, documents: [] }],
    ["ahead of the log", { version: 1, position: 9, documents: [] }],
    ["of half a position", { version: 1, position: 0.5, documents: [] }],
    ["of no documents", { version: 1, position: 1, documents: [{}] }],
    ["a text", "snapshot"],
  ] as const
) {
  Deno.test(`fromLog() reads the log from its beginning where the snapshot is ${what}`, async () => {
    const log = memoryStore();
    await log.append([assigned(documentOf("7", { a__0: "1" }))]);
    const store = logStickyBuckets(log, {
      snapshot: malformed<StickySnapshot>(snapshot),
    });
    assertEquals(await assignmentsOf(store), { a__0: "1" });
  });
}

Deno.test("fromLog() rejects where the log can't be read, and goes on later", async () => {
  const log = memoryStore();
  await log.append([assigned(documentOf("7", { a__0: "1" }))]);
  let isBroken = true;
  const store = logStickyBuckets({
    positions: log.positions,
    read: (after, limit) =>
      isBroken ? Promise.reject(new Error("broken")) : log.read(after, limit),
  });
  await assertRejects(() => assignmentsOf(store), Error, "broken");
  isBroken = false;
  assertEquals(await assignmentsOf(store), { a__0: "1" });
});

Deno.test("fromLog() reads the log once for all who ask while it is being read", async () => {
  const log = memoryStore();
  let reads = 0;
  const store = logStickyBuckets({
    positions: log.positions,
    read: (after, limit) => {
      reads++;
      return log.read(after, limit);
    },
  });
  await Promise.all(
    Array.from(
      { length: 100 },
      (_, number) => assignmentsOf(store, `${number}`),
    ),
  );
  assertEquals(reads, 2);
});

Deno.test("fromLog() never misses what was appended before it is asked, whoever asks meanwhile", async () => {
  const log = memoryStore();
  const store = logStickyBuckets(log);
  const first = assignmentsOf(store);
  await log.append([assigned(documentOf("7", { a__0: "1" }))]);
  const second = assignmentsOf(store);
  await first;
  assertEquals(await second, { a__0: "1" });
});

Deno.test("fromLog() always gives the fold of the log, with or without a snapshot on the way", async () => {
  const arbitraryDocument = fc.record({
    attributeName: fc.constantFrom("id", "__proto__"),
    attributeValue: fc.constantFrom("7", "8", "constructor"),
    assignments: fc.dictionary(
      fc.constantFrom("a__0", "b__0", "__proto__"),
      fc.constantFrom("0", "1"),
    ),
  }, { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryDocument, { maxLength: 10 }),
      fc.nat(10),
      async (documents, cut) => {
        const log = memoryStore();
        const before = documents.slice(0, cut).map(assigned);
        const after = documents.slice(cut).map(assigned);
        await log.append(before);
        const snapshot = await logStickyBuckets(log).snapshot();
        await log.append(after);
        const expected = documents.reduce<StickyAssignmentDocuments>(
          evolveStickyBuckets,
          {},
        );
        const found = await logStickyBuckets(log, { snapshot }).load(documents);
        assertEquals(
          Object.entries(found).map(entriesOf).toSorted(),
          Object.entries(expected).map(entriesOf).toSorted(),
        );
      },
    ),
    runs(100),
  );
});

function entriesOf(
  [key, { assignments }]: readonly [string, StickyAssignmentDocument],
): string {
  return JSON.stringify([key, Object.entries(assignments).toSorted()]);
}

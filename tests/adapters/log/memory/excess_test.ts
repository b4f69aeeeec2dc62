import { assertEquals } from "@std/assert";
import { createConsumers } from "../../../../adapters/log/memory/create_consumers.ts";
import {
  createEntries,
  type Entries,
} from "../../../../adapters/log/memory/create_entries.ts";
import {
  tooLarge,
  tooMany,
  tooOld,
} from "../../../../adapters/log/memory/excess.ts";

// Event `index` has `bytes` characters and came at `index` milliseconds.
function entriesOf(count: number, bytes = 10): Entries {
  const entries = createEntries();
  for (let index = 0; index < count; index++) {
    const event = {
      id: `id-${index}`,
      time: 0,
      type: "custom",
      version: 1,
      data: {},
    };
    entries.add(event, { bytes, time: index, lane: "" });
  }
  return entries;
}

Deno.test("tooMany() counts none up to the capacity, and past it all over nine tenths", () => {
  const consumers = createConsumers();
  assertEquals(tooMany(entriesOf(20), 20, consumers), 0);
  assertEquals(tooMany(entriesOf(21), 20, consumers), 3);
});

Deno.test("tooMany() leaves room for the report of each name that is behind", () => {
  const consumers = createConsumers();
  for (const name of ["one", "two", "three"]) {
    consumers.claim({ name }, "owner");
    consumers.claim({ name, lane: "lane" }, "owner");
  }
  consumers.claim({ name: "done" }, "owner");
  const done = { position: 21, unsettled: [] };
  consumers.commit({ name: "done" }, "owner", done, 0);
  assertEquals(tooMany(entriesOf(21), 20, consumers), 4);
});

Deno.test("tooMany() counts no more than there are, however many are behind", () => {
  const consumers = createConsumers();
  for (const name of ["one", "two", "three"]) {
    consumers.claim({ name }, "owner");
  }
  assertEquals(tooMany(entriesOf(3), 2, consumers), 3);
});

Deno.test("tooLarge() counts none up to the bound, and past it all over nine tenths", () => {
  assertEquals(tooLarge(entriesOf(10), 100), 0);
  assertEquals(tooLarge(entriesOf(11), 100), 2);
  assertEquals(tooLarge(entriesOf(1), 5), 1);
});

Deno.test("tooOld() counts none up to the age, and past it all over nine tenths", () => {
  assertEquals(tooOld(entriesOf(0), 1000, 100), 0);
  assertEquals(tooOld(entriesOf(50), 100, 100), 0);
  assertEquals(tooOld(entriesOf(50), 101, 100), 11);
});

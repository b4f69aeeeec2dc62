import { assertEquals } from "@std/assert";
import type { Entry } from "../../../../../adapters/client/recording/entry.ts";
import {
  emptyBatch,
  eraseFromBatch,
  type IsEntryAbout,
  sendBatch,
  siftBatch,
  takeBackBatch,
} from "../../../../../adapters/client/recording/store/batch.ts";

const entryOf = (type: string) => ({ type }) as Entry;
const [ada, bob] = [entryOf("ada"), entryOf("bob")];
const batch = { ...emptyBatch, entries: [ada, bob] };
const userOf = (value: string) => ({ attribute: "id", value });
const isAbout: IsEntryAbout = ({ type }, { value }) => type === value;

Deno.test("eraseFromBatch() erases at once what the store does not have", () => {
  const erased = eraseFromBatch(batch, userOf("ada"), isAbout);
  assertEquals(erased.gone, [ada]);
  assertEquals(erased.batch, { ...batch, entries: [bob] });
});

Deno.test("eraseFromBatch() erases what the store has once it is back", () => {
  const sent = sendBatch(batch, "lane");
  const erased = eraseFromBatch(sent, userOf("ada"), isAbout);
  assertEquals(erased.gone, []);
  assertEquals(erased.batch.entries, [ada, bob]);
  const back = takeBackBatch(erased.batch, isAbout);
  assertEquals(back.gone, [ada]);
  // It is to be tried with the same lane again.
  assertEquals(back.batch, { ...batch, entries: [bob], tried: "lane" });
});

Deno.test("takeBackBatch() erases a user once: one who comes back stays", () => {
  const sent = sendBatch(batch, "lane");
  const erased = eraseFromBatch(sent, userOf("ada"), isAbout).batch;
  const back = takeBackBatch(erased, isAbout).batch;
  const again = sendBatch({ ...back, entries: [ada, bob] }, "lane");
  assertEquals(takeBackBatch(again, isAbout).gone, []);
});

Deno.test("siftBatch() takes entries out of what the store may have", () => {
  const sent = sendBatch(batch, "lane");
  const { batch: left, gone } = siftBatch(sent, ({ type }) => type === "bob");
  assertEquals(gone, [bob]);
  assertEquals(left, { ...sent, entries: [ada] });
});

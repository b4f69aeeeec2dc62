import { assertEquals, assertRejects } from "@std/assert";
import { createUserMemory } from "../../../../adapters/openfeature/server/create_user_memory.ts";
import type { Attributes } from "../../../../core/types/attributes.ts";
import { manualClock } from "../../../support/manual_clock.ts";

/** A loading that a test ends. */
interface Loading {
  readonly attributes: Attributes;
  readonly finish: () => void;
  readonly fail: () => void;
}

/** A memory whose users are numbered in the order in which they are loaded, at once unless told otherwise. */
function remembering({ isSlow = false } = {}) {
  const loadings: Loading[] = [];
  const clock = manualClock();
  const memory = createUserMemory<number>(
    (attributes) =>
      new Promise((resolve, reject) => {
        const number = loadings.length;
        const finish = () => resolve(number);
        const fail = () => reject(new Error(`loading ${number} failed`));
        loadings.push({ attributes, finish, fail });
        if (!isSlow) finish();
      }),
    clock,
  );
  return { ...memory, loadings, clock };
}

const idOf = (index: number) => ({ id: String(index) });

/** Attributes whose JSON has so many characters. */
function long(characters: number): Attributes {
  return { id: "x".repeat(characters - '{"id":""}'.length) };
}

Deno.test("createUserMemory() tells users apart by each of their attributes, at any depth", async () => {
  const { load, loadings } = remembering();
  const users: readonly Attributes[] = [
    {},
    { id: "1" },
    { id: 1 },
    { id: "1", country: "fr" },
    { id: "1", country: "de" },
    { id: "1", country: null },
    { id: "1", plan: { name: "pro" } },
    { id: "1", plan: { name: "free" } },
    { id: "1", groups: ["a", "b"] },
    { id: "1", groups: ["a,b"] },
    { id: '1","country":"fr' },
  ];
  const first = await Promise.all(users.map(load));
  assertEquals(first, users.map((_, index) => index));
  assertEquals(loadings.map(({ attributes }) => attributes), users);
  // Their equals are known, though they are other objects.
  const copies = users.map((user) => structuredClone(user));
  assertEquals(await Promise.all(copies.map(load)), first);
  assertEquals(loadings.length, users.length);
});

Deno.test("createUserMemory() remembers no failure, and those side by side share it", async () => {
  const { load, loadings } = remembering({ isSlow: true });
  const both = [load(idOf(1)), load(idOf(1))];
  loadings[0]!.fail();
  for (const each of both) {
    await assertRejects(() => each, Error, "loading 0 failed");
  }
  const again = load(idOf(1));
  assertEquals(loadings.length, 2);
  loadings[1]!.finish();
  assertEquals([await again, await load(idOf(1))], [1, 1]);
});

Deno.test("createUserMemory() keeps a user who was loaded anew before an earlier loading failed", async () => {
  const { load, clear, loadings } = remembering({ isSlow: true });
  const early = load(idOf(1));
  clear();
  const late = load(idOf(1));
  loadings[1]!.finish();
  loadings[0]!.fail();
  await assertRejects(() => early);
  assertEquals([await late, await load(idOf(1))], [1, 1]);
});

Deno.test("createUserMemory() remembers a user for a second from the end of the loading", async () => {
  const { load, loadings, clock } = remembering({ isSlow: true });
  const first = load(idOf(1));
  clock.advance(60_000);
  const second = load(idOf(1));
  loadings[0]!.finish();
  await Promise.all([first, second]);
  clock.advance(999);
  await load(idOf(1));
  assertEquals(loadings.length, 1);
  clock.advance(1);
  loadings.length = 0;
  void load(idOf(1));
  assertEquals(loadings.length, 1);
});

Deno.test("createUserMemory() does not make time longer by asking", async () => {
  const { load, loadings, clock } = remembering();
  for (let asked = 0; asked < 30; asked++) {
    await load(idOf(1));
    clock.advance(100);
  }
  assertEquals(loadings.length, 3);
});

Deno.test("createUserMemory() remembers 1,000 users, and forgets the one first that was loaded first", async () => {
  const { load, loadings } = remembering();
  for (let index = 0; index < 1_000; index++) await load(idOf(index));
  await load(idOf(0));
  assertEquals(loadings.length, 1_000);
  await load(idOf(1_000));
  await load(idOf(1));
  assertEquals(loadings.length, 1_001);
  await load(idOf(0));
  assertEquals(loadings.at(-1)!.attributes, idOf(0));
  assertEquals(loadings.length, 1_002);
});

Deno.test("createUserMemory() remembers 1,000 users at most while all of them are being loaded", () => {
  const { load, loadings } = remembering({ isSlow: true });
  for (let index = 0; index < 1_001; index++) void load(idOf(index));
  void load(idOf(1));
  assertEquals(loadings.length, 1_001);
  void load(idOf(0));
  assertEquals(loadings.length, 1_002);
});

Deno.test("createUserMemory() loads users of more than 10,000 characters each time", async () => {
  const { load, loadings } = remembering();
  for (const characters of [10_000, 10_000, 10_001, 10_001]) {
    await load(long(characters));
  }
  assertEquals(
    loadings.map(({ attributes }) => JSON.stringify(attributes).length),
    [10_000, 10_001, 10_001],
  );
});

Deno.test("createUserMemory() loads anew what was forgotten while it was being loaded", async () => {
  const { load, clear, loadings } = remembering({ isSlow: true });
  const early = load(idOf(1));
  clear();
  loadings[0]!.finish();
  assertEquals(await early, 0);
  const late = load(idOf(1));
  assertEquals(loadings.length, 2);
  loadings[1]!.finish();
  assertEquals(await late, 1);
});

import { assertEquals } from "@std/assert";
import {
  createClient,
  fixedSource,
  type User,
} from "../../../../adapters/client/mod.ts";

/** Does something, and gives the most listeners that one signal had meanwhile. */
async function mostListeners(action: () => Promise<unknown>): Promise<number> {
  const { prototype } = AbortSignal;
  const { addEventListener, removeEventListener } = prototype;
  const counts = new Map<AbortSignal, number>();
  let most = 0;
  const count = (signal: AbortSignal, change: number) => {
    const next = (counts.get(signal) ?? 0) + change;
    counts.set(signal, next);
    most = Math.max(most, next);
  };
  prototype.addEventListener = function (...given: unknown[]) {
    count(this, 1);
    return Reflect.apply(addEventListener, this, given);
  };
  prototype.removeEventListener = function (...given: unknown[]) {
    count(this, -1);
    return Reflect.apply(removeEventListener, this, given);
  };
  try {
    await action();
  } finally {
    Object.assign(prototype, { addEventListener, removeEventListener });
  }
  return most;
}

const rules = [{ key: "test", variations: ["a", "b"] }];
const users: readonly User[] = Array.from(
  { length: 100 },
  (_, index) => ({ attributes: { id: `user ${index}` } }),
);

Deno.test("loadUser() of many at once gives no signal ten listeners, of which Node would warn", async () => {
  const client = createClient({
    source: fixedSource({ features: { test: { rules } } }),
    stickyBuckets: {
      load: () => new Promise((resolve) => setTimeout(() => resolve({}))),
      save: () => {},
    },
  });
  const loadAll = () => Promise.all(users.map((user) => client.loadUser(user)));
  // Before what loads users is there, and after.
  for (const when of ["first", "later"]) {
    const most = await mostListeners(loadAll);
    assertEquals([when, most < 10], [when, true]);
  }
  await client.close();
});

Deno.test("close() ends the loading of all users", async () => {
  const errors: unknown[] = [];
  const client = createClient({
    source: fixedSource({ features: { test: { rules } } }),
    stickyBuckets: { load: () => new Promise(() => {}), save: () => {} },
    onError: (error) => void errors.push(error),
  });
  const loading = Promise.all(users.map((user) => client.loadUser(user)));
  await client.close();
  const views = await loading;
  assertEquals(views.length, users.length);
  const late = await client.loadUser({ attributes: { id: "late" } });
  assertEquals(late.isOn("test"), true);
  assertEquals(errors, []);
});

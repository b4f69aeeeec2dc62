import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { batchOf } from "./batches.ts";

const batches = 40;
const { main, tail } = await writeLog();

const damages = fc.oneof(
  fc.record({
    kind: fc.constant("truncated" as const),
    at: fc.nat(tail.length),
  }),
  fc.record({
    kind: fc.constant("garbled" as const),
    at: fc.nat(tail.length - 1),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 5000 }),
  }),
);

Deno.test("sqliteStore() opens a log with a torn tail to a clean prefix", async () => {
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      const path = `${temporaryFolder()}/log.db`;
      Deno.writeFileSync(path, main);
      Deno.writeFileSync(`${path}-wal`, apply(damage));
      const store = sqliteStore(path);
      try {
        const events = await store.read(0);
        const whole: string[] = [];
        for (let index = 0; whole.length < events.length; index++) {
          whole.push(...batchOf(index).map(({ id }) => id));
        }
        assertEquals(events.map(({ id }) => id), whole);
        const [next] = await store.append([{ ...batchOf(0)[0]!, id: "next" }]);
        assertEquals(next!.position, events.length + 1);
      } finally {
        await store.close();
      }
    }),
    runs(100),
  );
});

Deno.test("sqliteStore() finds everything in a log that is not torn", async () => {
  const path = `${temporaryFolder()}/log.db`;
  Deno.writeFileSync(path, main);
  Deno.writeFileSync(`${path}-wal`, tail);
  const store = sqliteStore(path);
  const all = Array.from({ length: batches }, (_, index) => batchOf(index));
  assertEquals((await store.read(0)).length, all.flat().length);
  await store.close();
});

function apply(
  damage: typeof damages extends fc.Arbitrary<infer D> ? D : never,
) {
  if (damage.kind === "truncated") return tail.slice(0, damage.at);
  const garbled = tail.slice();
  garbled.set(damage.bytes.slice(0, tail.length - damage.at), damage.at);
  return garbled;
}

/** The file and its tail as a process leaves them that is killed. */
async function writeLog() {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  for (let index = 0; index < batches; index++) {
    await store.append(batchOf(index));
  }
  const main = Deno.readFileSync(path);
  const tail = Deno.readFileSync(`${path}-wal`);
  assert(tail.length > 100_000);
  await store.close();
  return { main, tail };
}

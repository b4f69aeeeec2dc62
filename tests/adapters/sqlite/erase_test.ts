import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../support/events/custom_event.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const secret = "ada.lovelace@example.com";
const user = {
  level: "all",
  attributes: { id: secret, note: "x".repeat(9000) },
} as const;

Deno.test("sqliteStore() leaves nothing of an erased user in its files", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const key = { name: "reader" };
  await store.claim(key, "one");
  for (let index = 0; index < 30; index++) {
    const event = customEvent(`${index}`);
    const mine = index % 3 === 0;
    const [stored] = await store.append([mine ? { ...event, user } : event]);
    if (index === 3) {
      await store.park(key, "one", [{
        event: stored!,
        reason: "refused",
        attempts: 1,
        message: "",
      }]);
    }
  }
  const snapshot = { version: 1, position: 5 };
  await store.saveSnapshot({ ...snapshot, name: "mine", state: [secret] });
  await store.saveSnapshot({ ...snapshot, name: "other", state: ["bob"] });
  // What is pruned leaves its remains in pages that are free.
  await store.prune(10);
  assert(bytesOf(path).includes(secret));
  assertEquals(await store.erase({ attribute: "id", value: secret }), 6);
  assert(!bytesOf(path).includes(secret));
  assertEquals(await store.loadSnapshot("mine", 1), null);
  assertEquals((await store.loadSnapshot("other", 1))?.state, ["bob"]);
  assertEquals(await store.parked("reader"), []);
  assertEquals((await store.positions()).last, 31);
  await store.close();
  assert(!bytesOf(path).includes(secret));
});

Deno.test("sqliteStore() erases a user whose name stands otherwise in JSON", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append(
    Array.from({ length: 3000 }, (_, index) => customEvent(`old-${index}`)),
  );
  const value = 'a"\\\u2028\n\u0000';
  const odd = { level: "all", attributes: { id: value } } as const;
  await store.append([{ ...customEvent("a"), user: odd }]);
  await store.saveSnapshot({
    name: "a",
    version: 1,
    position: 1,
    state: [[value]],
  });
  assertEquals(await store.erase({ attribute: "id", value }), 1);
  assertEquals(await store.loadSnapshot("a", 1), null);
  assertEquals((await store.read(3000))[0]?.type, "erased");
  await store.close();
});

function bytesOf(path: string): string {
  return ["", "-wal"].map((part) => {
    try {
      return new TextDecoder("latin1").decode(Deno.readFileSync(path + part));
    } catch {
      return "";
    }
  }).join("");
}

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fileCache } from "../../../../adapters/growthbook/mod.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

function filesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
}

Deno.test("fileCache() refuses a path that is none where it is made", () => {
  for (const path of [undefined, null, "", 7, {}]) {
    assertThrows(
      () => fileCache(path as never),
      TypeError,
      "Cannot keep the payload in a file: path should be a text, the current value is",
    );
  }
});

Deno.test("fileCache() removes what writers left behind that were killed, and nothing else", async () => {
  const folder = temporaryFolder();
  const others = [
    "other.json.0e5ae1a3-6ab1-4a3f-8f10-d4dcd67a2d3c.tmp",
    "payload.json.backup.tmp",
    "payload.json.tmp",
  ];
  const left = `payload.json.${crypto.randomUUID()}.tmp`;
  for (const name of [left, ...others]) {
    Deno.writeTextFileSync(`${folder}/${name}`, "x");
  }
  await fileCache(`${folder}/payload.json`).load("a");
  assertEquals(filesIn(folder), others);
});

Deno.test("fileCache() saves although others start meanwhile and take its draft for one left behind", async () => {
  const folder = temporaryFolder();
  const path = `${folder}/payload.json`;
  const text = "x".repeat(5_000_000);
  const cache = fileCache(path);
  await cache.load("a");
  const saved = cache.save("a", text);
  await Promise.all(
    Array.from({ length: 10 }, () => fileCache(path).load("a")),
  );
  await saved;
  assertEquals(await fileCache(path).load("a"), text);
  assertEquals(filesIn(folder), ["payload.json"]);
});

Deno.test("fileCache() makes files that only their owner may read", async () => {
  const path = `${temporaryFolder()}/payload.json`;
  await fileCache(path).save("a", "b");
  assertEquals((Deno.statSync(path).mode ?? 0) & 0o777, 0o600);
});

Deno.test("fileCache() reads no folder, and no file that is too large", async () => {
  const folder = temporaryFolder();
  await assertRejects(async () => await fileCache(folder).load("a"), TypeError);
  const path = `${folder}/large.json`;
  Deno.writeTextFileSync(path, "a\n{}");
  Deno.truncateSync(path, 2 ** 26 + 1);
  await assertRejects(
    async () => await fileCache(path).load("a"),
    RangeError,
    "67108865 bytes, more than 67108864",
  );
});

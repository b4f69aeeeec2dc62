import { assertEquals, assertRejects } from "@std/assert";
import { once } from "./once.ts";

Deno.test("once() makes a thing once, also for those that ask at the same time", async () => {
  let count = 0;
  const ask = () =>
    once(`thing of ${import.meta.url}`, async (folder) => {
      count++;
      await Deno.writeTextFile(`${folder}/thing`, String(count));
    });
  const folders = await Promise.all([ask(), ask(), ask()]);
  assertEquals(new Set([...folders, await ask()]).size, 1);
  assertEquals(await Deno.readTextFile(`${folders[0]}/thing`), "1");
  assertEquals(count, 1);
});

Deno.test("once() makes a thing anew, in an empty folder, where it could not be made", async () => {
  const ask = (fails: boolean) =>
    once(`failure of ${import.meta.url}`, async (folder) => {
      await Deno.writeTextFile(`${folder}/${fails}`, "");
      if (fails) throw new Error("Cannot make it");
    });
  await assertRejects(() => ask(true), Error, "Cannot make it");
  const names = Array.from(Deno.readDirSync(await ask(false)), (it) => it.name);
  assertEquals(names, ["false"]);
});

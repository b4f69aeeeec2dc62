import { assertEquals, assertRejects } from "@std/assert";
import { readTextFile } from "../../../../adapters/cli/payload/read_text_file.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

Deno.test("readTextFile() reads letters that lie in two pieces, and no byte order mark", async () => {
  const path = `${temporaryFolder()}/pieces.txt`;
  const text = `${"a".repeat(65_535)}é`;
  await Deno.writeTextFile(path, `\ufeff${text}`);
  assertEquals(await readTextFile(path), text);
});

Deno.test("readTextFile() refuses what is no UTF-8, also where it breaks off", async () => {
  const path = `${temporaryFolder()}/latin.json`;
  for (const bytes of [[0x22, 0xe9, 0x22], [0xff, 0xfe, 0x7b, 0], [0xc3]]) {
    await Deno.writeFile(path, Uint8Array.from(bytes));
    await assertRejects(() => readTextFile(path), TypeError, "it is not UTF-8");
  }
});

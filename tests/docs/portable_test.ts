import { assertEquals } from "@std/assert";
import { filesEnding } from "../../tools/gate/files_ending.ts";
import { fileURLToPath } from "node:url";
import { findExamples } from "./examples.ts";

// The examples run in Deno here; readers run them in Node 20 and Bun as well.
const root = fileURLToPath(new URL("../../", import.meta.url));
const elsewhere = /\bDeno\.|\bBun\.|\bwithResolvers\b|\bfromAsync\b/;

Deno.test("examples of the guides use nothing that one runtime alone has", async () => {
  const found: string[] = [];
  for (const path of filesEnding(".md", `${root}docs`)) {
    for (const { line, code } of findExamples(await Deno.readTextFile(path))) {
      const [word] = elsewhere.exec(code) ?? [];
      if (word === undefined) continue;
      found.push(`${path.slice(root.length)}:${line} ${word}`);
    }
  }
  assertEquals(found, []);
});

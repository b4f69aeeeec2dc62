import { dirname } from "node:path";
import { assertEquals } from "@std/assert";
import { sourceFiles } from "../../tools/source_files.ts";

Deno.test("sourceFiles() lists the TypeScript files below directories, in order", async () => {
  await withFiles(["b/z.ts", "b/a/c.ts", "a.ts", "b/note.md"], (directory) => {
    assertEquals(sourceFiles(directory, ["b"]), ["b/a/c.ts", "b/z.ts"]);
  });
});

Deno.test("sourceFiles() takes a file for itself", async () => {
  await withFiles(["b/z.ts", "a.ts"], (directory) => {
    assertEquals(sourceFiles(directory, ["a.ts"]), ["a.ts"]);
  });
});

async function withFiles(
  paths: readonly string[],
  check: (directory: string) => void,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const path of paths) {
      await Deno.mkdir(dirname(`${directory}/${path}`), { recursive: true });
      await Deno.writeTextFile(`${directory}/${path}`, "");
    }
    check(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "../tools/source_files.ts";

/**
 * What Node 20 lacks, the oldest that the package runs on, and the library of types does not tell: pages
 * alone are checked with ES2023, since Node 20 has more than that.
 */
const newer: readonly RegExp[] = [
  /\bPromise\.(try|withResolvers)\b/,
  /\bArray\.fromAsync\b/,
  /\b(Object|Map)\.groupBy\b/,
  /\bRegExp\.escape\b/,
  /\bimport\.meta\.(dirname|filename)\b/,
  /\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  /\.(keys|values|entries)\(\)\s*\.(map|filter|some|every|find|reduce|flatMap|toArray|take|drop|forEach)\(/,
];

const root = fileURLToPath(new URL("..", import.meta.url));

Deno.test("the package uses nothing newer than Node 20", async () => {
  const found: string[] = [];
  for (const path of sourceFiles(root, ["core", "adapters"])) {
    const text = await Deno.readTextFile(`${root}${path}`);
    for (const pattern of newer) {
      const use = pattern.exec(text)?.[0];
      if (use !== undefined) found.push(`${path}: ${use}`);
    }
  }
  assertEquals(found, []);
});

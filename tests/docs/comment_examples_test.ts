import { assert, assertEquals } from "@std/assert";
import { sourceFiles } from "../../tools/source_files.ts";
import { findCommentExamples } from "./comment_examples.ts";
import { runExample } from "./run_example.ts";

// `deno test --doc` runs the same examples, each in a program of its own: here they take a tenth of the
// time, so the gate does it here.
const root = new URL("../../", import.meta.url);
const paths = sourceFiles(root.pathname, [
  "mod.ts",
  "core",
  "adapters",
  "tools",
]);
let found = 0;

for (const path of paths) {
  const url = new URL(path, root);
  const text = await Deno.readTextFile(url);
  for (const { line, code } of findCommentExamples(url, text)) {
    found++;
    Deno.test(`the example in line ${line} of ${path} runs`, async () => {
      await runExample(code);
    });
  }
}

Deno.test("the examples of doc comments are found", async () => {
  const texts = await Promise.all(
    paths.map((path) => Deno.readTextFile(new URL(path, root))),
  );
  const fences = texts.flatMap((text) => text.match(/\* ```tsx?$/gm) ?? []);
  assert(found > 195);
  assertEquals(found, fences.length);
});

Deno.test("findCommentExamples() has an example import what it uses of its file", () => {
  const text = `/**
 * Twice a number.
 *
 * @example
 * \`\`\`ts
 * import { one } from "./one.ts";
 * import { three } from "three";
 *
 * twice(one + three);
 * \`\`\`
 */
export function twice(number: number): number {
  return number * two;
}
export const two = 2;
/** @example
 * \`\`\`ts ignore
 * nothing
 * \`\`\`
 */
export const three = 3;
`;
  assertEquals(findCommentExamples(new URL("file:///a/b/twice.ts"), text), [{
    line: 5,
    code: `import { twice } from "file:///a/b/twice.ts";
import { one } from "file:///a/b/one.ts";
import { three } from "three";

twice(one + three);
`,
  }]);
});

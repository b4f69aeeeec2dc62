import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { filesEnding } from "../../tools/gate/files_ending.ts";
import { findExamples } from "./examples.ts";
import { runExample } from "./run_example.ts";

// `deno test --doc` runs the examples too, each in a program of its own: here they take a tenth of the
// time, so the gate does it here. Each `console.log(…);` with a comment
// behind it prints what the comment says.
const root = fileURLToPath(new URL("../../", import.meta.url));

for (const path of filesEnding(".md", root.slice(0, -1))) {
  const page = path.slice(root.length);
  // The package that is built has the README, too.
  if (page.startsWith("npm/")) continue;
  for (const example of findExamples(await Deno.readTextFile(path))) {
    const { line, code, expected } = example;
    const does = expected.length > 0 ? "prints what its comments say" : "runs";
    Deno.test(`the example in line ${line} of ${page} ${does}`, async () => {
      const lines = await runExample(code);
      // Callbacks come later than the line that causes them: the order is not compared.
      if (expected.length > 0) {
        assertEquals(lines.toSorted(), expected.toSorted());
      }
    });
  }
}

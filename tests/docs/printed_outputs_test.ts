import { assertEquals } from "@std/assert";
import { findExamples } from "./examples.ts";

// `deno test --doc` runs the examples too. What they print is compared here: each
// `console.log(…);` with a comment behind it prints what the comment says.
const root = new URL("../../", import.meta.url);
const pages = ["README.md"];
for await (const { name } of Deno.readDir(new URL("docs/", root))) {
  if (name.endsWith(".md")) pages.push(`docs/${name}`);
}

for (const page of pages.sort()) {
  const text = await Deno.readTextFile(new URL(page, root));
  const examples = findExamples(text).filter(({ expected }) =>
    expected.length > 0
  );
  for (const { line, code, expected } of examples) {
    Deno.test(`the example in line ${line} of ${page} prints what its comments say`, async () => {
      // Callbacks come later than the line that causes them: the order is not compared.
      assertEquals((await printed(code)).toSorted(), expected.toSorted());
    });
  }
}

/** Runs a program in this process, and gives what it printed, a line for each call. */
async function printed(code: string): Promise<readonly string[]> {
  // Beside this file, so that it finds the packages of the project.
  const path = await Deno.makeTempFile({
    dir: new URL(".", import.meta.url).pathname,
    prefix: "example_",
    suffix: ".tsx",
  });
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values: readonly unknown[]) => {
    lines.push(
      values.map((value) =>
        typeof value === "string" ? value : Deno.inspect(value)
      ).join(" "),
    );
  };
  try {
    await Deno.writeTextFile(path, code);
    await import(`file://${path}`);
    return lines;
  } finally {
    console.log = log;
    await Deno.remove(path);
  }
}

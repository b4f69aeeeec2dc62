import { assert, assertEquals } from "@std/assert";
import { withProject } from "./project.ts";

/** Prints the files that an import loads, each on a line; they run in a thread of their own. */
const hooks = `
  import { writeSync } from "node:fs";
  export async function load(url, context, next) {
    if (url.startsWith("file:")) writeSync(1, url + "\\n");
    return next(url, context);
  }
`;

Deno.test("an import of the client loads few files, and none of the dependency", async (test) => {
  await withProject([], async ({ write, run }) => {
    const load = 'require("@growthstream/sdk/client");';
    await write({
      "hooks.mjs": hooks,
      "program.mjs": 'import "@growthstream/sdk/client";',
      "program.cjs":
        `${load} console.log(Object.keys(require.cache).join("\\n"));`,
    });
    const commands = {
      import: ["--no-warnings", "--loader", "./hooks.mjs", "program.mjs"],
      require: ["program.cjs"],
    };
    for (const [name, args] of Object.entries(commands)) {
      await test.step(`by ${name}`, async () => {
        const { text } = await run("node", ...args);
        const files = text.split("\n").filter((line) =>
          line.includes("/node_modules/")
        );
        const sizes = await Promise.all(
          files.map(async (file) => (await Deno.stat(pathOf(file))).size),
        );
        const bytes = sizes.reduce((sum, size) => sum + size, 0);
        assert(files.length > 1 && files.length <= 8, text);
        assert(bytes < 420_000, `${bytes} bytes`);
        assertEquals(files.filter((file) => file.includes("/rxjs/dist")), []);
      });
    }
  });
});

function pathOf(file: string): string {
  return file.startsWith("file:") ? new URL(file).pathname : file;
}

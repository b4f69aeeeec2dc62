import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../support/temporary_folder.ts";
import { bundle } from "./bundle.ts";
import { runtimeProgram } from "./runtimes.ts";

const root = new URL("../../", import.meta.url);

Deno.test("all faces type-check in a Deno project as Deno makes it, without stricter options", async () => {
  const folder = temporaryFolder();
  const faces = Object.entries(config.exports);
  const imports = Object.fromEntries([
    ...Object.entries(config.imports).filter(([name]) =>
      !name.startsWith("@std/")
    ),
    ...faces.map(([name, path]) => [
      `@growthstream/sdk${name.slice(1)}`,
      new URL(path, root).href,
    ]),
  ]);
  Deno.writeTextFileSync(`${folder}/deno.json`, JSON.stringify({ imports }));
  Deno.writeTextFileSync(
    `${folder}/main.ts`,
    faces.map(([name], index) =>
      `import * as face${index} from "@growthstream/sdk${
        name.slice(1)
      }";\nconsole.log(face${index});\n`
    ).join(""),
  );
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--no-lock", "main.ts"],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});

Deno.test("./sqlite can be imported on Node 20, and says what is required when it is used", async () => {
  const folder = temporaryFolder();
  const face = new URL("adapters/sqlite/mod.ts", root);
  await bundle(face, `${folder}/sqlite.mjs`);
  Deno.writeTextFileSync(
    `${folder}/main.mjs`,
    `import { sqliteStore, storageFailure } from "./sqlite.mjs";
const error = await sqliteStore("./log.db").read(0).catch((error) => error);
console.log(JSON.stringify([storageFailure(error).code, error.message]));`,
  );
  const node = await runtimeProgram("node@20");
  const { stdout, stderr } = await new Deno.Command(node, {
    args: ["main.mjs"],
    cwd: folder,
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert(text !== "", new TextDecoder().decode(stderr));
  assertEquals(JSON.parse(text), [
    "unsupported",
    "Cannot read: the runtime has no node:sqlite, which Deno 2.2, Node 22.13 and Bun 1.4 have",
  ]);
});

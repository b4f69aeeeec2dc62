import { assert, assertEquals } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };
import { npx, packageArchive, runIn, withProject } from "./project.ts";

Deno.test("the package has nothing that publint reports", async () => {
  const archive = await packageArchive();
  const command = npx(["publint@0.3.25"], "publint", archive, "--strict");
  const { success, text } = await runIn(".", command);
  assertEquals([success, text.includes("All good!")], [true, true], text);
});

Deno.test("the types of the package are right for ESM and CommonJS, as attw sees them", async () => {
  const archive = await packageArchive();
  const command = npx(
    ["@arethetypeswrong/cli@0.18.5"],
    ...["attw", archive, "--profile", "node16", "--format", "ascii"],
  );
  const { success, text } = await runIn(".", command);
  assert(success, text);
});

Deno.test("an application that imports five entries has one copy of the core", async () => {
  await withProject(["esbuild@0.28"], async ({ write, read, run }) => {
    await write({
      "application.mjs": `
        export * as core from "@growthstream/sdk";
        export * as client from "@growthstream/sdk/client";
        export * as growthbook from "@growthstream/sdk/growthbook";
        export * as sqlite from "@growthstream/sdk/sqlite";
        export * as events from "@growthstream/sdk/events";
      `,
    });
    const { success, text } = await run(
      ...["esbuild", "application.mjs", "--bundle", "--format=esm"],
      ...["--platform=node", "--outfile=out.mjs", "--log-level=error"],
    );
    assert(success, text);
    const bundle = await read("out.mjs");
    const copies = (name: string) =>
      bundle.match(new RegExp(`^function ${name}\\(`, "gm"))?.length;
    assertEquals(
      ["evaluateFeature", "parsePayload", "payloadDigest"].map(copies),
      [1, 1, 1],
    );
  });
});

Deno.test("each entry exports the names of its source and no other", async (test) => {
  // What imports React or OpenFeature is left out: they are not installed here.
  const entries = Object.entries(denoJson.exports)
    .filter(([subpath]) => !/react|openfeature/.test(subpath));
  const names: { [subpath: string]: readonly string[] } = {};
  for (const [subpath, source] of entries) {
    const module = await import(
      new URL(`../../${source}`, import.meta.url).href
    );
    names[subpath] = Object.keys(module).toSorted();
  }
  const specifiers = entries.map(([subpath]) =>
    [subpath, `@growthstream/sdk${subpath.slice(1)}`] as const
  );
  const program = (load: string) =>
    `(async () => {
    const names = {};
    for (const [subpath, specifier] of ${JSON.stringify(specifiers)}) {
      names[subpath] = Object.keys(${load}).sort();
    }
    console.log(JSON.stringify(names));
  })();`;
  await withProject([], async ({ write, run }) => {
    await write({
      "names.mjs": program("await import(specifier)"),
      "names.cjs": program("require(specifier)"),
    });
    for (const file of ["names.mjs", "names.cjs"]) {
      await test.step(file, async () => {
        const { success, text } = await run("node", file);
        assert(success, text);
        assertEquals(JSON.parse(text), names);
      });
    }
  });
});

Deno.test("what the package imports by a name of its own is a file of it, as Metro wants it", async () => {
  await withProject([], async ({ run }) => {
    const program = `
      const manifest = require("@growthstream/sdk/package.json");
      const folder = require.resolve("@growthstream/sdk/package.json").replace("package.json", "");
      const list = (value) => typeof value === "string" ? [value] : Object.values(value).flatMap(list);
      const targets = list(manifest.imports);
      const missing = targets.filter((target) => !require("node:fs").existsSync(folder + target));
      console.log(JSON.stringify([targets.length, missing]));
    `;
    const { text } = await run("node", "--eval", program);
    assertEquals(text, "[4,[]]\n");
  });
});

import { gzipSync } from "node:zlib";
import { assert, assertEquals } from "@std/assert";
import type { EntryName } from "../../tools/size/entries.ts";
import { figures } from "../../tools/size/figures.ts";
import { withProject } from "./project.ts";

/** What a page imports from the package, by the name of the entry that weighs the same from the sources. */
const pages: Partial<Readonly<Record<EntryName, string>>> = {
  "evalFeature": 'export { evalFeature } from "@growthstream/sdk";',
  "createClient, fixedSource":
    'export { createClient, fixedSource } from "@growthstream/sdk/client";',
  "createClient, growthbookSource, webStorageCache, webStorageStickyBuckets": `
    export { createClient, webStorageStickyBuckets } from "@growthstream/sdk/client";
    export { growthbookSource, webStorageCache } from "@growthstream/sdk/growthbook";
  `,
};

/** Files of the package hold many modules, so their borders are not those of the sources. */
const allowance = 1.01;

interface Metafile {
  readonly outputs: {
    readonly [path: string]: {
      readonly entryPoint?: string;
      readonly imports: readonly {
        readonly path: string;
        readonly kind: string;
      }[];
    };
  };
}

Deno.test("a page that installs the package begins with one file, which weighs what its sources do", async (test) => {
  await withProject(["esbuild@0.28"], async ({ path, write, read, run }) => {
    for (const [name, source] of Object.entries(pages)) {
      await test.step(name, async () => {
        await write({ "page.mjs": source });
        const { success, text } = await run(
          ...["esbuild", "page.mjs", "--bundle", "--splitting", "--minify"],
          ...["--format=esm", "--outdir=out", "--metafile=out.json"],
          ...["--legal-comments=none", "--log-level=error"],
        );
        assert(success, text);
        const { outputs }: Metafile = JSON.parse(await read("out.json"));
        const entry = Object.keys(outputs)
          .find((each) => outputs[each]?.entryPoint === "page.mjs")!;
        const first = new Set([entry]);
        for (const each of first) {
          for (const { path, kind } of outputs[each]?.imports ?? []) {
            if (kind === "import-statement") first.add(path);
          }
        }
        const sizes = await Promise.all([...first].map(async (each) => {
          const bytes = await Deno.readFile(`${path}/${each}`);
          return gzipSync(bytes, { level: 9 }).length;
        }));
        const sum = sizes.reduce((total, size) => total + size, 0);
        assertEquals(first.size, 1, `files: ${[...first].join(", ")}`);
        assert(sum <= figures[name]!.first * allowance, `${sum} bytes`);
      });
    }
  });
});

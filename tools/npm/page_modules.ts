import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { entries, peers } from "../size/entries.ts";

/**
 * Lists the modules of which a page loads something from the start, as paths from the folder that holds
 * the sources: those that esbuild puts into the first chunk of the entries whose weight is measured, without
 * the one that takes all of the core.
 */
export async function pageModules(folder: string): Promise<readonly string[]> {
  const { "everything in mod.ts": _, ...pages } = entries;
  const lists = await Promise.all(
    Object.values(pages).map((source) => firstModules(folder, source)),
  );
  return [...new Set(lists.flat())].sort();
}

async function firstModules(
  folder: string,
  source: string,
): Promise<readonly string[]> {
  const { metafile: { outputs } } = await build({
    stdin: { contents: source, resolveDir: folder, sourcefile: "entry.ts" },
    absWorkingDir: folder,
    bundle: true,
    splitting: true,
    outdir: "out",
    external: ["rxjs"],
    format: "esm",
    logLevel: "error",
    metafile: true,
    minify: true,
    plugins: [pureFiles],
    write: false,
  });
  const entry = Object.values(outputs)
    .find(({ entryPoint }) => entryPoint === "entry.ts")!;
  const shared = entry.imports
    .filter(({ kind }) => kind === "import-statement")
    .flatMap(({ path }) => outputs[path] ?? []);
  return [entry, ...shared].flatMap(({ inputs }) => Object.keys(inputs));
}

/** Tells esbuild what the manifest of the package says: no file of it has side effects. */
const pureFiles: Plugin = {
  name: "pure-files",
  setup: ({ onResolve }) => {
    onResolve({ filter: peers }, ({ path }) => ({ path, external: true }));
    onResolve(
      { filter: /^\.{1,2}\/.*\.ts$/ },
      ({ path, resolveDir }) => ({
        path: join(resolveDir, path),
        sideEffects: false,
      }),
    );
  },
};

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";
import { denoPackages } from "./deno_packages.ts";
import { optional, peers } from "./entries.ts";

/** How large what a page loads is, in bytes, compressed at gzip's level 9. */
export interface EntrySize {
  /** How many files it waits for before anything runs: what two chunks share is one more. */
  readonly files: number;
  /** What it loads before anything runs. */
  readonly first: number;
  /** What a page that streams loads in its first ten seconds: that, and the chunks it asks for. */
  readonly streaming: number;
  /** All chunks that there are. */
  readonly all: number;
}

const externalPeers: Plugin = {
  name: "external-peers",
  setup: ({ onResolve }) => {
    onResolve({ filter: peers }, ({ path }) => ({ path, external: true }));
  },
};

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a module, given as its source text, into chunks as for a browser, and measures them. */
export async function entrySize(source: string): Promise<EntrySize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: root, sourcefile: "entry.ts" },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    outdir: "out",
    define: { "process.env.NODE_ENV": '"production"' },
    format: "esm",
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    minify: true,
    plugins: [externalPeers, denoPackages],
    write: false,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [
      path.slice(path.indexOf("/out/") + 1),
      gzipSync(contents, { level: 9 }).length,
    ]),
  );
  const entry = Object.keys(metafile.outputs)
    .find((path) => metafile.outputs[path]?.entryPoint === "entry.ts")!;
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + (sizes.get(path) ?? 0), 0);
  const first = reach(metafile, entry, () => false);
  return {
    files: [...first].filter((path) => sizes.has(path)).length,
    first: sum(first),
    streaming: sum(
      reach(metafile, entry, (path) => !optional.some((it) => it.test(path))),
    ),
    all: sum(sizes.keys()),
  };
}

/** The chunks that one loads at once, and those it asks for where `follows` says so. */
function reach(
  { outputs }: Metafile,
  from: string,
  follows: (path: string) => boolean,
): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const path of reached) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind !== "dynamic-import" || follows(next)) reached.add(next);
    }
  }
  return reached;
}

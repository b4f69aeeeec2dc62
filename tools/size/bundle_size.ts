import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { denoPackages } from "./deno_packages.ts";

/** How large a bundle is, in bytes. */
export interface BundleSize {
  /** Minified. */
  readonly raw: number;
  /** Minified and compressed at gzip's level 9. */
  readonly gzipped: number;
  /** What each source file adds to the minified bundle, largest first. */
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Bundles a module, given as its source text, for production and measures it. Its imports are
 * resolved from the root of the repository; packages are those that `deno.json` names.
 */
export async function bundleSize(source: string): Promise<BundleSize> {
  const { outputFiles: [bundle], metafile } = await build({
    stdin: { contents: source, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    define: { "process.env.NODE_ENV": '"production"' },
    format: "esm",
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    minify: true,
    plugins: [denoPackages],
    write: false,
  });
  const inputs = Object.values(metafile.outputs)[0]!.inputs;
  return {
    raw: bundle!.contents.length,
    gzipped: gzipSync(bundle!.contents, { level: 9 }).length,
    files: Object.entries(inputs)
      .map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const)
      .filter(([, bytes]) => bytes > 0)
      .sort(([, left], [, right]) => right - left),
  };
}

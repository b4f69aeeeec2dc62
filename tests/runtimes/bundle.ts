import { createRequire, isBuiltin } from "node:module";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";

/** Bundles a module with all that it imports into one file that every runtime reads. */
export async function bundle(entry: URL, outfile: string): Promise<void> {
  try {
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "error",
      plugins: [cachedPackages],
    });
  } finally {
    await stop();
  }
}

// Takes packages from Deno's cache, in the file that Node would load.
const cachedPackages: Plugin = {
  name: "cached-packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[@\w]/ }, ({ path, importer }) => {
      if (isBuiltin(path)) return { path, external: true };
      const from = isAbsolute(importer) ? importer : import.meta.url;
      return { path: createRequire(from).resolve(path) };
    });
  },
};

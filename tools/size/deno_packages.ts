import { createRequire } from "node:module";
import { dirname, isAbsolute } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Lets esbuild find the packages that `deno.json` names, and what those depend on, in Deno's cache.
 * From there on it resolves as it would in `node_modules`: which file of a package a bundler takes,
 * and whether its files have side effects, is read from its `package.json`.
 */
export const denoPackages: Plugin = {
  name: "deno-packages",
  setup(build) {
    build.onResolve({ filter: /^[@\w]/ }, ({ path, importer, kind }) => {
      // What is bundled from memory is part of the repository.
      const from = isAbsolute(importer) ? importer : import.meta.url;
      const require = createRequire(from);
      const directory = packageDirectory(require.resolve(path));
      return build.resolve(directory, { kind, resolveDir: directory });
    });
  },
};

// The nearest directory above a file that has a package.json.
function packageDirectory(path: string): string {
  const directory = dirname(path);
  return isFile(`${directory}/package.json`)
    ? directory
    : packageDirectory(directory);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

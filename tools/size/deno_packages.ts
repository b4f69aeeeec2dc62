import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImportKind, Plugin } from "esbuild";
import { exports as resolveExports } from "resolve.exports";

/**
 * Lets esbuild find the packages that `deno.json` names, and what those depend on, in Deno's cache.
 * Which file of a package it takes, and whether its files have side effects, is read from its
 * `package.json` as it would be in `node_modules`: from `exports` by the platform that is bundled
 * for, or else from the older fields.
 */
export const denoPackages: Plugin = {
  name: "deno-packages",
  setup(build) {
    const { platform = "browser" } = build.initialOptions;
    // The package of npm says in its manifest that no file of it has side effects.
    build.onResolve(
      { filter: /^\.{1,2}\// },
      ({ path, resolveDir }) =>
        isOurs(resolveDir)
          ? { path: join(resolveDir, path), sideEffects: false }
          : undefined,
    );
    build.onResolve({ filter: /^[@\w]/ }, ({ path, importer, kind }) => {
      // What is bundled from memory is part of the repository.
      const from = isAbsolute(importer) ? importer : import.meta.url;
      const require = createRequire(from);
      const { directory, description } = findPackage(require.resolve(path));
      const [file] = resolveExports(description, path, {
        conditions: ["module", platform],
        browser: platform === "browser",
        require: isRequire(kind),
      }) ?? [];
      return build.resolve(
        file === undefined ? directory : join(directory, file),
        {
          kind,
          resolveDir: directory,
        },
      );
    });
  },
};

const root = fileURLToPath(new URL("../..", import.meta.url));

function isOurs(directory: string): boolean {
  return `${directory}/`.startsWith(root) &&
    !directory.includes("node_modules");
}

function isRequire(kind: ImportKind): boolean {
  return kind === "require-call" || kind === "require-resolve";
}

interface Package {
  readonly directory: string;
  readonly description: { readonly name: string };
}

// The nearest directory above a file with a package.json that names a package: there may be others
// on the way, which only say what kind of modules there are.
function findPackage(path: string): Package {
  const directory = dirname(path);
  const description = readDescription(join(directory, "package.json"));
  return typeof description?.name === "string"
    ? { directory, description: { ...description, name: description.name } }
    : findPackage(directory);
}

function readDescription(path: string): { readonly name?: unknown } | null {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch {
    return null;
  }
}

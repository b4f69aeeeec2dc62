import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { denoPackages } from "../../tools/size/deno_packages.ts";
import { once } from "../support/once.ts";

/** What a bundle is for. */
type Target = "servers" | "browser";

/**
 * Bundles a module, with all that it imports, into one file. For `"servers"` that is a file which
 * Deno, Node and Bun run, and what they bring along is left to them; a `"browser"` brings along
 * nothing, so what would need more than that is an error. It is made once for all tests, and copied.
 */
export async function bundle(
  entry: URL,
  outfile: string,
  target: Target = "servers",
): Promise<void> {
  const folder = await once(
    `bundle for ${target} of ${entry.pathname}`,
    (folder) => buildBundle(entry, `${folder}/bundle.mjs`, target),
  );
  await Deno.mkdir(dirname(outfile), { recursive: true });
  await Deno.copyFile(`${folder}/bundle.mjs`, outfile);
}

async function buildBundle(
  entry: URL,
  outfile: string,
  target: Target,
): Promise<void> {
  const isServer = target === "servers";
  try {
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile,
      bundle: true,
      format: "esm",
      platform: isServer ? "node" : "browser",
      logLevel: "error",
      // Packages of CommonJS ask for what the runtime brings along by this.
      banner: isServer ? { js: requireOfModules } : {},
      plugins: isServer
        ? [builtIns, ownExports, denoPackages]
        : [ownExports, denoPackages],
    });
  } finally {
    await stop();
  }
}

const { name: ownName, exports: ownFiles } = JSON.parse(
  Deno.readTextFileSync(new URL("../../deno.json", import.meta.url)),
) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
};

// Lets a module name this package, as an application does.
const ownExports: Plugin = {
  name: "own-exports",
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^${ownName}(/|$)`) }, ({ path }) => ({
      path: fileURLToPath(
        new URL(
          `../../${ownFiles[`.${path.slice(ownName.length)}`]}`,
          import.meta.url,
        ),
      ),
      sideEffects: false,
    }));
  },
};

const builtIns: Plugin = {
  name: "built-ins",
  setup: ({ onResolve }) => {
    onResolve(
      { filter: /^[\w@]/ },
      ({ path }) =>
        isBuiltin(path) || optional.includes(path)
          ? { path, external: true }
          : undefined,
    );
  },
};

// What a package asks for where it is there, and does without otherwise.
const optional = ["@node-rs/xxhash", "@opentelemetry/api", "supports-color"];

const requireOfModules =
  `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`;

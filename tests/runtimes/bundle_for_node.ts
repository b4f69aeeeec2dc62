import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { denoPackages } from "../../tools/size/deno_packages.ts";

/** Bundles a module, with the packages that it needs, into a file that Deno, Node and Bun run. */
export async function bundleForNode(
  entry: URL,
  outfile: string,
): Promise<void> {
  try {
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "error",
      plugins: [builtIns, denoPackages],
    });
  } finally {
    await stop();
  }
}

/** Leaves what the runtime brings along to the runtime. */
const builtIns: Plugin = {
  name: "built-ins",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true }));
  },
};

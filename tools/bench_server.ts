/**
 * Measures a server on Deno and Node, once with both SDKs as they come and once as a bundler for
 * production leaves them. Takes the names of the runtimes.
 */
import { build, stop } from "esbuild";
import { denoPackages } from "./size/deno_packages.ts";

const runtimes: { readonly [name: string]: readonly string[] } = {
  deno: [Deno.execPath(), "run", "--allow-all", "--quiet"],
  node: ["npx", "--yes", "--package=node@24", "node"],
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(runtimes);
const folder = await Deno.makeTempDir();
try {
  for (const isBundled of [false, true]) {
    const file = `${folder}/${isBundled ? "bundled" : "plain"}.mjs`;
    await bundle(file, isBundled);
    for (const name of names) {
      const command = runtimes[name];
      if (command === undefined) {
        throw new RangeError(
          `Cannot run the benchmark on "${name}": use deno or node`,
        );
      }
      console.log(`${name}, ${isBundled ? "bundled" : "as it comes"}`);
      const [program = "", ...args] = command;
      const child = new Deno.Command(program, { args: [...args, file] })
        .spawn();
      const { success, code } = await child.status;
      if (!success) throw new Error(`${program} ended with exit code ${code}`);
    }
  }
} finally {
  await stop();
  await Deno.remove(folder, { recursive: true });
}

/** Makes one file of the benchmark; without `isBundled`, nothing but that is changed. */
async function bundle(outfile: string, isBundled: boolean): Promise<void> {
  await build({
    entryPoints: ["bench/server/run.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    outfile,
    plugins: [{
      name: "built-ins",
      setup: ({ onResolve }) => {
        onResolve(
          { filter: /^node:/ },
          ({ path }) => ({ path, external: true }),
        );
      },
    }, denoPackages],
    ...(isBundled
      ? { minify: true, define: { "process.env.NODE_ENV": '"production"' } }
      : {}),
  });
}

/**
 * Runs the benchmark on a runtime, `deno`, `node` or `bun`: on Deno where it stands, on the others
 * in a temporary folder with the sources as they are and the packages that it needs from npm. The
 * official SDK is measured as it comes and as a bundle for production, which is made first.
 */
import { build, stop } from "esbuild";
import { denoPackages } from "./size/deno_packages.ts";

const RUNTIMES: { readonly [name: string]: readonly string[] } = {
  deno: [],
  node: ["--yes", "--package=node@24", "node", "--expose-gc"],
  bun: ["--yes", "bun@1.4.5"],
};

const [name = "", ...options] = Deno.args;
const command = RUNTIMES[name];
if (command === undefined) {
  console.error(
    `Cannot run the benchmark on "${name}": use deno, node or bun`,
  );
  Deno.exit(2);
}

const folder = await Deno.makeTempDir();
try {
  const bundle = `${folder}/official.mjs`;
  await bundleOfficial(bundle);
  const args = ["bench/mod.ts", `file://${bundle}`, ...options];
  if (name === "deno") {
    const flags = ["--allow-all", "--quiet", "--v8-flags=--expose-gc"];
    await run(Deno.execPath(), ["run", ...flags, ...args], ".");
  } else {
    await copySources();
    await run("npx", [...command, ...args], folder);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Bundles the official SDK as an application's bundler does, with the environment replaced. */
async function bundleOfficial(outfile: string): Promise<void> {
  await build({
    stdin: {
      contents: 'export { GrowthBookClient } from "@growthbook/growthbook";',
      resolveDir: Deno.cwd(),
    },
    bundle: true,
    define: { "process.env.NODE_ENV": '"production"' },
    format: "esm",
    logLevel: "error",
    minify: true,
    outfile,
    plugins: [denoPackages],
  });
  await stop();
}

async function copySources(): Promise<void> {
  const { imports } = JSON.parse(await Deno.readTextFile("deno.json"));
  const packages = ["@growthbook/growthbook", "mitata"].map((name) =>
    imports[name].replace("npm:", "")
  );
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }');
  await run("cp", ["-r", "mod.ts", "core", "bench", folder], ".");
  await run("npm", ["install", "--silent", "--no-audit", ...packages], folder);
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<void> {
  const child = new Deno.Command(program, { args: [...args], cwd }).spawn();
  const { success, code } = await child.status;
  if (!success) throw new Error(`${program} ended with exit code ${code}`);
}

/**
 * Runs the benchmark on another runtime, `node` or `bun`: in a temporary folder
 * with the sources as they are and the packages that it needs from npm.
 */

const RUNTIMES: { readonly [name: string]: readonly string[] } = {
  node: ["--yes", "--package=node@24", "node"],
  bun: ["--yes", "bun@1.4.5"],
};

const name = Deno.args[0] ?? "";
const command = RUNTIMES[name];
if (command === undefined) {
  console.error(`Cannot run the benchmark on "${name}": use node or bun`);
  Deno.exit(2);
}

const { imports } = JSON.parse(await Deno.readTextFile("deno.json"));
const packages = ["@growthbook/growthbook", "mitata"].map((name) =>
  imports[name].replace("npm:", "")
);

const folder = await Deno.makeTempDir();
try {
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }');
  await run("cp", ["-r", "mod.ts", "core", "bench", folder], ".");
  await run("npm", ["install", "--silent", "--no-audit", ...packages], folder);
  await run("npx", [...command, "bench/mod.ts"], folder);
} finally {
  await Deno.remove(folder, { recursive: true });
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

/**
 * Measures how long a program on Node waits for the client's first import: of the package as it is
 * published, next to the official SDK. Each figure is the median of fresh processes, theirs and ours in
 * turn, less that of a process that imports nothing. Takes versions of Node.
 */
import denoJson from "../deno.json" with { type: "json" };
import { median } from "../bench/interleave.ts";

const rounds = 9;
const versions = Deno.args.length > 0 ? Deno.args : ["20", "24"];
const official = "@growthbook/growthbook";
const own = `${denoJson.name}/client`;

await run(".", Deno.execPath(), "run", "--allow-all", "tools/npm.ts");
const archive = `npm/growthstream-sdk-${denoJson.version}.tgz`;
const folder = await Deno.makeTempDir();
try {
  await Deno.writeTextFile(`${folder}/package.json`, "{}");
  const packages = [
    await Deno.realPath(archive),
    denoJson.imports[official].replace("npm:", ""),
  ];
  await run(folder, "npm", "install", "--silent", "--no-audit", ...packages);
  for (const version of versions) {
    const program = await run(
      folder,
      ...["npx", "--yes", "--package", `node@${version}`] as const,
      ...["node", "-p", "process.execPath"],
    );
    for (const statement of ["import", "require"] as const) {
      await compare(program.trim(), statement);
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Prints both times and their ratio. */
async function compare(
  program: string,
  statement: "import" | "require",
): Promise<void> {
  const programs = [null, official, own].map((name) =>
    statement === "import"
      ? [
        "--input-type=module",
        "--eval",
        name === null ? "" : `import "${name}";`,
      ]
      : ["--eval", name === null ? "" : `require("${name}");`]
  );
  const times = programs.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, args] of programs.entries()) {
      const start = performance.now();
      await run(folder, program, ...args);
      times[index]?.push(performance.now() - start);
    }
  }
  const [empty = 0, theirs = 0, ours = 0] = times.map(median);
  const version = await run(folder, program, "--version");
  console.log(
    `Node ${version.trim()}, ${statement}: ours ${
      (ours - empty).toFixed(1)
    } ms, official ${(theirs - empty).toFixed(1)} ms, ${
      ((ours - empty) / (theirs - empty)).toFixed(2)
    } times as long (an empty process takes ${empty.toFixed(0)} ms)`,
  );
}

async function run(
  cwd: string,
  program: string,
  ...args: string[]
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${program} failed: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

/**
 * Proves what the gate has no time for: tries the laws and the comparisons with the official SDK a
 * hundred times as often, kills 200 writers of the log on each runtime, runs a fleet through a Redis
 * that dies, measures the worst patterns, and builds whole frameworks and the React shop.
 *
 * All parts run, also after one has failed. It takes about 40 minutes on two cores, and ends with what
 * came of each part.
 */
import { filesEnding } from "./gate/files_ending.ts";
import { inPool } from "./gate/in_pool.ts";
import { runDeno } from "./gate/run_deno.ts";

const test = ["test", "--quiet", "--allow-all"];
const hour = 3_600_000;
const laws = ["laws", "differential", "core/pattern", "core/url"].flatMap(
  (folder) => filesEnding("_test.ts", `tests/${folder}`),
);
const summary: string[] = [];
let failed = 0;

await inPool(
  navigator.hardwareConcurrency,
  laws.map((path) => async () => {
    const args = [...test, "--no-check", path];
    const { output, success } = await runDeno(args, { RUNS: "100" }, hour);
    console.log(`\n# ${path}\n${output}`.trimEnd());
    report(path, success);
  }),
);
await run("kills", [...test, "tests/crash"], { RUNS: "10" });
await run("a fleet", [
  ...["run", "--quiet", "--allow-all"],
  "tests/adapters/redis/torture/prove.ts",
]);
await run("patterns", ["run", "--allow-sys", "bench/patterns.ts"]);
await run("frameworks", [
  ...test,
  "tests/prove/frameworks.ts",
  "tests/prove/shop_react.ts",
]);

console.log(`\n${summary.join("\n")}\n\n${failed} failed`);
if (failed > 0) Deno.exit(1);

/** Runs a part by itself, and shows what it prints while it runs. */
async function run(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  console.log(`\n# ${name}: deno ${args.join(" ")}`);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env },
  }).spawn();
  report(name, (await child.status).success);
}

function report(name: string, success: boolean): void {
  if (!success) failed++;
  summary.push(`${success ? "ok    " : "FAILED"}  ${name}`);
}

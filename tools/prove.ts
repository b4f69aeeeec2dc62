/**
 * Proves what the gate has no time for: tries the laws and the comparisons with the official SDK a
 * hundred times as often, kills 200 writers of the log on each runtime, runs a fleet through a Redis
 * that dies, measures the worst patterns, and builds whole frameworks and the React shop.
 *
 * ```sh
 * [RUNS=100] [SEED=N] deno task prove [laws|kills|fleet|patterns|frameworks...]
 * ```
 *
 * All parts run, also after one has failed, or those that are named. It takes about 40 minutes on two
 * cores, and ends with what came of each part; it exits with 1 where one has failed. `RUNS` says how
 * many times as often as in the gate the laws are tried; the kills and the fleet shrink and grow with it.
 *
 * @module
 */
import { filesEnding } from "./gate/files_ending.ts";
import { inPool } from "./gate/in_pool.ts";
import { runDeno } from "./gate/run_deno.ts";

const test = ["test", "--quiet", "--allow-all"];
const hour = 3_600_000;
const usualRuns = 100;
const runs = Number(Deno.env.get("RUNS") || usualRuns);
if (!(runs > 0)) {
  throw new RangeError(
    `Cannot read RUNS: the current value is ${Deno.env.get("RUNS")}`,
  );
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  laws,
  // More than once means 200 writers on each runtime, and once 50 on Deno, as in the gate.
  kills: () =>
    run("kills", [...test, "tests/crash"], {
      RUNS: String(Math.max(1, Math.round(runs / 10))),
    }),
  fleet: () =>
    run("fleet", [
      ...["run", "--quiet", "--allow-all"],
      "tests/adapters/redis/torture/prove.ts",
      // The work is divided by this; there is little left to look at after a tenth.
      String(Math.min(10, usualRuns / runs)),
    ]),
  patterns: () =>
    run("patterns", ["run", "--quiet", "--allow-sys", "bench/patterns.ts"]),
  frameworks: () =>
    run("frameworks", [
      ...test,
      "tests/prove/frameworks.ts",
      "tests/prove/react_native.ts",
      "tests/prove/shop_react.ts",
    ]),
};
const names = Deno.args.length > 0 ? Deno.args : Object.keys(parts);
for (const name of names) {
  if (Object.hasOwn(parts, name)) continue;
  throw new TypeError(
    `Cannot prove: the parts are ${
      Object.keys(parts).join(", ")
    }, the current value is ${name}`,
  );
}

const summary: string[] = [];
let failed = 0;
for (const name of names) await parts[name]!();
console.log(`\n${summary.join("\n")}\n\n${failed} failed`);
if (failed > 0) Deno.exit(1);

/** Tries the laws, each file by itself, as many at once as there are cores. */
async function laws(): Promise<void> {
  const files = ["laws", "differential", "core/pattern", "core/url"].flatMap(
    (folder) => filesEnding("_test.ts", `tests/${folder}`),
  );
  await inPool(
    navigator.hardwareConcurrency,
    files.map((path) => async () => {
      const args = [...test, "--no-check", path];
      const env = { RUNS: String(runs) };
      const { output, success } = await runDeno(args, env, hour);
      console.log(`\n# ${path}\n${output}`.trimEnd());
      report(path, success);
    }),
  );
}

/** Runs a part by itself, and shows what it prints while it runs. One that takes an hour hangs. */
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
  const timer = setTimeout(() => child.kill("SIGKILL"), hour);
  report(name, (await child.status).success);
  clearTimeout(timer);
}

function report(name: string, success: boolean): void {
  if (!success) failed++;
  summary.push(`${success ? "ok    " : "FAILED"}  ${name}`);
}

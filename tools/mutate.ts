/**
 * Changes the hashing, bucketing, condition, gate and pattern files in small ways, one at a time,
 * and runs the tests on each: a mutant that they don't notice is a test that is missing, unless it
 * does the same and is listed in `mutate/equivalents.ts`. Runs on copies of the repository.
 *
 * ```sh
 * deno task mutate [--only FILE[:LINE]] [--limit N] [--shard I/N] [--timeout SECONDS]
 *   [--workers N] [--minutes N] [--list] [path...]
 * ```
 *
 * It takes long: an hour on two cores for everything. `--minutes` ends it sooner, with the counts of
 * what was tried.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseMutants } from "./mutate/choose_mutants.ts";
import { mutantKey } from "./mutate/equivalent.ts";
import { equivalents } from "./mutate/equivalents.ts";
import { findMutants } from "./mutate/find_mutants.ts";
import { inOrder } from "./mutate/in_order.ts";
import type { Mutant } from "./mutate/mutant.ts";
import { readOptions } from "./mutate/read_options.ts";
import { sourceFiles } from "./source_files.ts";
import { runStages, tryMutant } from "./mutate/try_mutant.ts";
import { openWorkspace, type Workspace } from "./mutate/workspace.ts";

/** How many milliseconds the tests may take without a mutant. */
const longestBaseline = 600_000;

const repository = fileURLToPath(new URL("..", import.meta.url))
  .replace(/\/$/, "");
const options = readOptions(Deno.args);
const files = sourceFiles(repository, options.paths);
const mutants = files.flatMap((file) =>
  findMutants(file, Deno.readTextFileSync(`${repository}/${file}`))
);
const chosen = chooseMutants(mutants, options);
const known = new Set(equivalents.map(mutantKey));

if (options.list) {
  for (const mutant of chosen) console.log(describe(mutant));
} else {
  await run();
}
reportGone();

async function run(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stop.abort(new Error(signal)));
  }
  const workspaces: Workspace[] = [];
  try {
    for (let count = 0; count < options.workers; count++) {
      workspaces.push(
        await openWorkspace(repository, stop.signal),
      );
    }
    await runMutants(workspaces, await findTimeout(workspaces[0]!));
  } finally {
    for (const workspace of workspaces) await workspace.close();
  }
}

/**
 * Runs the tests without a mutant. They must pass, or it would seem as if they noticed each, and
 * where the machine is busy, mutants need more time than they are given by default.
 */
async function findTimeout(workspace: Workspace): Promise<number> {
  const folders = new Map(chosen.map(({ file }) => [dirname(file), file]));
  let longest = 0;
  for (const [folder, file] of folders) {
    const start = performance.now();
    const verdict = await runStages(workspace, file, longestBaseline);
    longest = Math.max(longest, performance.now() - start);
    if (verdict === "survived") continue;
    throw new Error(
      `Cannot mutate ${folder}: its tests ${
        verdict === "killed" ? "fail" : "take too long"
      } without a mutant`,
    );
  }
  return Math.max(options.timeout, 3 * longest);
}

async function runMutants(
  workspaces: readonly Workspace[],
  timeout: number,
): Promise<void> {
  const counts = {
    killed: 0,
    "timed out": 0,
    survived: 0,
    equivalent: 0,
    untried: 0,
  };
  const end = performance.now() + options.minutes * 60_000;
  let told = 0;
  const tell = (mutant: Mutant, verdict: keyof typeof counts) => {
    counts[verdict]++;
    if (++told % 100 === 0) console.error(`${told} of ${chosen.length}`);
    if (verdict === "survived") console.log(`survived  ${describe(mutant)}`);
  };
  const attempt = (workspace: Workspace, mutant: Mutant) =>
    known.has(mutantKey(mutant))
      ? Promise.resolve("equivalent" as const)
      : performance.now() > end
      ? Promise.resolve("untried" as const)
      : tryMutant(workspace, mutant, timeout);
  await inOrder(workspaces, chosen, attempt, tell);
  console.log(
    `\n${chosen.length} mutants: ${counts.killed + counts["timed out"]} ` +
      `killed (${counts["timed out"]} by the time they took), ` +
      `${counts.survived} survived, ${counts.equivalent} equivalent, ` +
      `${counts.untried} not tried`,
  );
  if (counts.survived > 0) Deno.exitCode = 1;
}

/** Reports equivalents of the files at hand that no mutant is like any more. */
function reportGone(): void {
  const present = new Set(mutants.map(mutantKey));
  for (const equivalent of equivalents) {
    const { file, within, before, after } = equivalent;
    if (!files.includes(file) || present.has(mutantKey(equivalent))) continue;
    console.log(`gone      ${file} ${within}: ${before}  ->  ${after}`);
    Deno.exitCode = 1;
  }
}

function describe({ file, line, within, before, after }: Mutant): string {
  return `${file}:${line} ${within}: ${before}  ->  ${after}`;
}

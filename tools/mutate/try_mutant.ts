import { join } from "node:path";
import type { Mutant } from "./mutant.ts";
import { testStages } from "./test_stages.ts";
import type { Workspace } from "./workspace.ts";

/** Whether the tests noticed a mutant; a test that doesn't end any more has noticed it too. */
export type Verdict = "killed" | "timed out" | "survived";

/**
 * Runs the tests on a mutant, in a copy of the repository, which is left as it was. Tests are
 * stopped after a number of milliseconds.
 */
export async function tryMutant(
  workspace: Workspace,
  { file, source }: Mutant,
  timeout: number,
): Promise<Verdict> {
  const path = join(workspace.directory, file);
  const original = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, source);
  try {
    return await runStages(workspace, file, timeout);
  } finally {
    await Deno.writeTextFile(path, original);
  }
}

/** Runs the tests of a file, stage by stage, until one fails. Throws where there are none. */
export async function runStages(
  workspace: Workspace,
  file: string,
  timeout: number,
): Promise<Verdict> {
  const stages = testStages(file)
    .map((tests) =>
      tests.filter((test) => exists(join(workspace.directory, test)))
    )
    .filter((tests) => tests.length > 0);
  if (stages.length === 0) {
    throw new Error(`Cannot run the tests of ${file}: there are none`);
  }
  for (const tests of stages) {
    const outcome = await workspace.test(tests, timeout);
    if (outcome !== "passed") {
      return outcome === "failed" ? "killed" : outcome;
    }
  }
  return "survived";
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

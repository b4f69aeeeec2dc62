import { join } from "node:path";
import type { Mutant } from "./mutant.ts";
import { testStages } from "./test_stages.ts";
import type { Workspace } from "./workspace.ts";

/** Whether the tests noticed a mutant; a test that doesn't end any more has noticed it too. */
export type Verdict = "killed" | "timed out" | "survived";

/** Runs the tests on a mutant, in a copy of the repository, which is left as it was. */
export async function tryMutant(
  workspace: Workspace,
  { file, source }: Mutant,
): Promise<Verdict> {
  const path = join(workspace.directory, file);
  const original = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, source);
  try {
    return await runStages(workspace, file);
  } finally {
    await Deno.writeTextFile(path, original);
  }
}

/** Runs the tests of a file, stage by stage, until one fails. */
export async function runStages(
  workspace: Workspace,
  file: string,
): Promise<Verdict> {
  for (const tests of testStages(file)) {
    const present = tests.filter((test) =>
      exists(join(workspace.directory, test))
    );
    if (present.length === 0) continue;
    const outcome = await workspace.test(present);
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

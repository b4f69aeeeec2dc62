import { cp, rm } from "node:fs/promises";
import { basename } from "node:path";

/** A copy of the repository, in which a mutant lives while the tests run. */
export interface Workspace {
  /** Where the copy is. */
  readonly directory: string;
  /** Runs `deno test` on tests, up to the first that fails, for some milliseconds at most. */
  readonly test: (
    tests: readonly string[],
    timeout: number,
  ) => Promise<TestOutcome>;
  /** Removes the copy. No tests may be running. */
  readonly close: () => Promise<void>;
}

/** How `deno test` ended. */
export type TestOutcome = "passed" | "failed" | "timed out";

const skipped = /^(?:\..+|node_modules|coverage)$/;

/**
 * Copies the repository. Where `stopped` is aborted, running tests are stopped, and this and later
 * runs throw its reason.
 */
export async function openWorkspace(
  repository: string,
  stopped: AbortSignal,
): Promise<Workspace> {
  const directory = await Deno.makeTempDir({ prefix: "mutate-" });
  await cp(repository, directory, {
    recursive: true,
    filter: (path) => path === repository || !skipped.test(basename(path)),
  });
  return {
    directory,
    test: (tests, timeout) => runTests(directory, tests, timeout, stopped),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

async function runTests(
  cwd: string,
  tests: readonly string[],
  timeout: number,
  stopped: AbortSignal,
): Promise<TestOutcome> {
  stopped.throwIfAborted();
  const late = AbortSignal.timeout(timeout);
  const { success } = await new Deno.Command(Deno.execPath(), {
    // A mutant that never ends may fill the memory instead.
    args: [
      "test",
      "--quiet",
      "--no-check",
      "--allow-all",
      "--fail-fast",
      "--v8-flags=--max-old-space-size=1024",
      ...tests,
    ],
    cwd,
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.any([late, stopped]),
  }).output();
  stopped.throwIfAborted();
  return success ? "passed" : late.aborted ? "timed out" : "failed";
}

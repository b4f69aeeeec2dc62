import { assert, assertEquals } from "@std/assert";
import { bundle } from "../runtimes/bundle.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { killWriters } from "./kill_writers.ts";

// The gate kills 50 writers on Deno; `deno task prove` kills 200 on each runtime.
const { numRuns: often, seed } = runs(1);
const kills = often > 1 ? 200 : 50;

Deno.test("sqliteStore() loses nothing to SIGKILL", () => check("deno"));

if (often > 1) {
  Deno.test("sqliteStore() loses nothing to SIGKILL on Node", () =>
    check("node"));
  Deno.test("sqliteStore() loses nothing to SIGKILL on Bun", () =>
    check("bun"));
}

/** Kills in two chains at once, one of them with `powerSafe`. */
async function check(runtime: "deno" | "node" | "bun"): Promise<void> {
  const file = `${temporaryFolder()}/writer.mjs`;
  await bundle(new URL("writer.ts", import.meta.url), file);
  const command = runtime === "deno"
    ? [Deno.execPath(), "run", "--no-check", "--allow-all", file]
    : [await runtimeProgram(runtime), file];
  const reports = await Promise.all(
    [false, true].map((powerSafe, index) =>
      killWriters({
        command,
        path: `${temporaryFolder()}/log.db`,
        kills: kills / 2,
        random: createRandom(seed + index),
        powerSafe,
      })
    ),
  );
  for (const report of reports) {
    const { kills: killed, events, stderr, ...faults } = report;
    const told = stderr && `the writers said:\n${stderr}`;
    if (often > 1) console.log(runtime, JSON.stringify(report));
    assertEquals(killed, kills / 2, told);
    assert(events > kills, told);
    assertEquals(faults, {
      lost: 0,
      partial: 0,
      misplaced: 0,
      repeated: 0,
      undelivered: 0,
    }, told);
  }
}

// Mulberry32, so that the moments can be had again, as far as a machine allows.
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

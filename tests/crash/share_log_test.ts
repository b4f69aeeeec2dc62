import { assert, assertEquals } from "@std/assert";
import { bundle } from "../runtimes/bundle.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { shareLog } from "./share_log.ts";

// The gate kills two; `deno task prove` kills 20 in a minute, with two and with three
// processes, and 200 of each runtime alone.
const { numRuns: often } = runs(1);
const plans = often > 1
  ? [
    { processes: ["deno", "node"], kills: 20, users: 3000 },
    { processes: ["deno", "node", "bun"], kills: 20, users: 3000 },
    { processes: ["deno"], kills: 200, users: 3000 },
    { processes: ["node"], kills: 200, users: 3000 },
    { processes: ["bun"], kills: 200, users: 3000 },
  ] as const
  : [{ processes: ["deno", "node", "bun"], kills: 2, users: 300 }] as const;

for (const { processes, kills, users } of plans) {
  Deno.test(`sqliteStore() keeps each exposure once for ${processes.join()}, ${kills} of which are killed and one frozen, and each is delivered`, async () => {
    const file = `${temporaryFolder()}/client.mjs`;
    await bundle(new URL("shared_client.ts", import.meta.url), file);
    const commands = await Promise.all(
      processes.map(async (name) =>
        name === "deno"
          ? [Deno.execPath(), "run", "--no-check", "--allow-all", file]
          : [await runtimeProgram(name), file]
      ),
    );
    let seed = 1;
    const report = await shareLog({
      commands,
      path: `${temporaryFolder()}/log.db`,
      users,
      kills,
      duration: often > 1 ? 60_000 : 2_000,
      freeze: often > 1 ? 5_000 : 500,
      random: () => (seed = seed * 48_271 % 2_147_483_647) / 2_147_483_647,
    });
    if (often > 1) console.log(JSON.stringify(report));
    const { events, doubled, missing, lost, unknown } = report;
    assertEquals(
      { events, doubled, missing, lost, unknown },
      { events: users, doubled: 0, missing: 0, lost: 0, unknown: 0 },
    );
    // A crash repeats at most what was in flight: 16 calls, and what was not committed yet.
    assert(report.repeats <= kills * 1000, `${report.repeats}`);
  });
}

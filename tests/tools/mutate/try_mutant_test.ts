import { assertEquals, assertRejects } from "@std/assert";
import { tryMutant } from "../../../tools/mutate/try_mutant.ts";
import type { TestOutcome } from "../../../tools/mutate/workspace.ts";

const mutant = {
  file: "core/hash/one.ts",
  line: 1,
  within: "",
  before: "export const one = 1;",
  after: "export const one = 2;",
  source: "export const one = 2;",
};

Deno.test("tryMutant() has a mutant killed by a test that fails", async () => {
  assertEquals((await attempt(["failed"])).verdict, "killed");
});

Deno.test("tryMutant() has a mutant killed by a test that takes too long", async () => {
  assertEquals((await attempt(["timed out"])).verdict, "timed out");
});

Deno.test("tryMutant() has a mutant survive where all tests pass", async () => {
  assertEquals((await attempt(["passed", "passed"])).verdict, "survived");
});

Deno.test("tryMutant() begins with the tests of the file, and ends when one fails", async () => {
  assertEquals((await attempt(["failed"])).runs, [
    ["tests/core/hash/one_test.ts"],
  ]);
  assertEquals((await attempt(["passed", "failed"])).runs, [
    ["tests/core/hash/one_test.ts"],
    ["tests/core/hash"],
  ]);
});

Deno.test("tryMutant() shows the mutant to the tests, and puts the file back", async () => {
  const { seen, left } = await attempt(["failed"]);
  assertEquals(seen, [mutant.after]);
  assertEquals(left, mutant.before);
});

Deno.test("tryMutant() refuses a file without tests", async () => {
  await assertRejects(
    () => attempt([], []),
    Error,
    "Cannot run the tests of core/hash/one.ts: there are none",
  );
});

async function attempt(
  outcomes: readonly TestOutcome[],
  tests: readonly string[] = ["tests/core/hash/one_test.ts"],
) {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/${mutant.file}`;
  const runs: (readonly string[])[] = [];
  const seen: string[] = [];
  try {
    for (const file of [mutant.file, ...tests]) {
      const parent = `${directory}/${file}`.replace(/\/[^/]*$/, "");
      await Deno.mkdir(parent, { recursive: true });
      await Deno.writeTextFile(`${directory}/${file}`, mutant.before);
    }
    const verdict = await tryMutant(
      {
        directory,
        test: async (names) => {
          seen.push(await Deno.readTextFile(path));
          return outcomes[runs.push(names) - 1] ?? "passed";
        },
        close: () => Promise.resolve(),
      },
      mutant,
      1_000,
    );
    return { verdict, runs, seen, left: await Deno.readTextFile(path) };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/**
 * The gate: every check that a change must pass, here and in CI.
 *
 * All checks run, also after one has failed, and the last line is
 * `N passed, N failed`: the tests, and a failure for each other check that does
 * not pass. With REQUIRE_ALL set, an ignored test is a failure unless its name
 * ends in "[data]", which says that it needs files outside the repository.
 */
import { testTotals } from "./test_totals.ts";

const CHECKS: readonly (readonly [name: string, ...command: string[]])[] = [
  ["format", "fmt", "--check"],
  ["lint", "lint"],
  ["types", "check", "--quiet", "--doc", "."],
  // Only what the language has: this fails where the core uses the host.
  [
    "core types",
    "check",
    "--quiet",
    "--no-lock",
    "--config=tools/core.deno.json",
    "core/",
  ],
  ["documentation", "doc", "--quiet", "--lint", "mod.ts"],
  ["publication", "publish", "--quiet", "--dry-run", "--allow-dirty"],
  ["tests", "test", "--quiet", "--doc", "--allow-all"],
];

let passed = 0;
let failed = 0;
const summary: string[] = [];

for (const [name, ...command] of CHECKS) {
  console.log(`\n# ${name}: deno ${command.join(" ")}`);
  if (name === "tests") await test(command);
  else report(name, (await spawn(command, "inherit").status).success);
}
console.log(`\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);

/** Runs the tests, shows their output while it comes, and reads the totals. */
async function test(command: readonly string[]): Promise<void> {
  const child = spawn(command, "piped");
  const decoder = new TextDecoder();
  let output = "";
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    output += decoder.decode(chunk, { stream: true });
  }
  const { success } = await child.status;
  const totals = testTotals(output) ?? { passed: 0, failed: 0, ignored: [] };
  const missing = Deno.env.get("REQUIRE_ALL")
    ? totals.ignored.filter((test) => !test.endsWith("[data]"))
    : [];
  for (const test of missing) console.log(`Ignored, but required: ${test}`);
  const bad = totals.failed + missing.length;
  passed += totals.passed;
  failed += bad;
  const counts = `${totals.passed} passed, ${bad} failed, ` +
    `${totals.ignored.length} ignored`;
  // A run may fail without a failed test: types, a leak, a stray `only`.
  if (bad > 0) summary.push(`FAILED  tests (${counts})`);
  else report(`tests (${counts})`, success);
}

function report(name: string, success: boolean): void {
  summary.push(`${success ? "ok    " : "FAILED"}  ${name}`);
  if (!success) failed++;
}

function spawn(
  args: readonly string[],
  stdout: "inherit" | "piped",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args: [...args], stdout }).spawn();
}

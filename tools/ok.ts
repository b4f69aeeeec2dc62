/**
 * The gate: every check that a change must pass, here and in CI.
 *
 * All checks run, also after one has failed, and the last line is
 * `N passed, N failed`: the tests, and a failure for each other check that does
 * not pass. With REQUIRE_ALL set, an ignored test is a failure unless its name
 * ends in "[data]", which says that it needs files outside the repository.
 */
import { type Check, staticChecks, testRuns } from "./gate/checks.ts";
import { filesEnding } from "./gate/files_ending.ts";
import { testTotals } from "./test_totals.ts";

const jobs = 2 * navigator.hardwareConcurrency;
let passed = 0;
let failed = 0;
const summary: string[] = [];
// What one file of tests has made, such as a bundle, others find here.
const shared = Deno.makeTempDirSync({ prefix: "growthstream-gate-" });

const { exports } = JSON.parse(Deno.readTextFileSync("deno.json"));
const faces = Object.values<string>(exports);

const markdown = filesEnding(".md", ".");
const testFiles = filesEnding("_test.ts", "tests");
await Promise.all(staticChecks(markdown, faces).map(check));
for (const run of testRuns(testFiles)) await test(run);
Deno.removeSync(shared, { recursive: true });

console.log(`\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);

/** Runs a check, and shows its output once it has ended, as others run beside it. */
async function check({ name, args }: Check): Promise<void> {
  const started = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
  }).output();
  const [output, errors] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  console.log(`${title({ name, args })}\n${output}${errors}`.trimEnd());
  report(name, success, started);
}

/** Runs tests, shows their output while it comes, and adds up the totals. */
async function test({ name, args }: Check): Promise<void> {
  console.log(title({ name, args }));
  const started = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdout: "piped",
    env: {
      // Many tests wait for other processes and turns: two files for each core keep it busy.
      DENO_JOBS: Deno.env.get("DENO_JOBS") ?? `${jobs}`,
      SHARED_FOLDER: shared,
    },
  }).spawn();
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
  const counts = `${name} (${totals.passed} passed, ${bad} failed, ` +
    `${totals.ignored.length} ignored)`;
  // A run may fail without a failed test: an error between tests, a leak, a stray `only`.
  if (bad > 0) summarize(counts, false, started);
  else report(counts, success, started);
}

function title({ name, args }: Check): string {
  return `\n# ${name}: deno ${args.join(" ")}`;
}

function report(name: string, success: boolean, started: number): void {
  summarize(name, success, started);
  if (!success) failed++;
}

function summarize(name: string, success: boolean, started: number): void {
  const seconds = Math.round((performance.now() - started) / 1000);
  summary.push(`${success ? "ok    " : "FAILED"}  ${name}, ${seconds} s`);
}

/**
 * The gate: every check that a change must pass, here and in CI.
 *
 * All checks run, also after one has failed, and the last line is
 * `N passed, N failed`: the tests, and a failure for each other check that does
 * not pass. With REQUIRE_ALL set, an ignored test is a failure unless its name
 * ends in "[data]", which says that it needs files outside the repository.
 */
import { type Check, staticChecks, testChecks } from "./gate/checks.ts";
import { filesEnding } from "./gate/files_ending.ts";
import { inPool } from "./gate/in_pool.ts";
import { runDeno } from "./gate/run_deno.ts";
import { testCounts } from "./gate/test_counts.ts";

const started = performance.now();
// Many tests wait for other programs and turns: two files for each core keep it busy.
const jobs = 2 * navigator.hardwareConcurrency;
const requiresAll = Deno.env.get("REQUIRE_ALL") !== undefined;
const tests = { passed: 0, failed: 0, ignored: 0 };
let failedChecks = 0;
const summary: string[] = [];
// What one file of tests has made, such as a bundle, others find here.
const shared = Deno.makeTempDirSync({ prefix: "growthstream-gate-" });

const { exports } = JSON.parse(Deno.readTextFileSync("deno.json"));
const faces = Object.values<string>(exports);
const { beside, alone } = testChecks(filesEnding("_test.ts", "tests"));

await inPool(jobs, [
  ...staticChecks(filesEnding(".md", "."), faces).map((each) => () =>
    check(each)
  ),
  ...beside.map((each) => () => test(each)),
]);
for (const each of alone) await test(each);
Deno.removeSync(shared, { recursive: true });

const { passed, ignored } = tests;
const failed = tests.failed + failedChecks;
summarize(
  `${passed} tests passed, ${tests.failed} failed, ${ignored} ignored`,
  failed === failedChecks,
);
console.log(`\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);

/** Runs a check that runs no code. */
async function check(each: Check): Promise<void> {
  const started = performance.now();
  const { output, success } = await runDeno(each.args);
  show(each, output);
  summarize(each.name, success, started);
  if (!success) failedChecks++;
}

/** Runs a file of tests and adds up its totals. */
async function test(each: Check): Promise<void> {
  const started = performance.now();
  const run = await runDeno(each.args, { SHARED_FOLDER: shared });
  const { passed, failed, ignored, missing } = testCounts(run, requiresAll);
  show(each, run.output);
  for (const name of missing) console.log(`Ignored, but required: ${name}`);
  tests.passed += passed;
  tests.failed += failed;
  tests.ignored += ignored;
  if (failed > 0) summarize(each.name, false, started);
}

/** Shows the output of a check once it has ended, as others run beside it. */
function show({ name, args }: Check, output: string): void {
  console.log(`\n# ${name}: deno ${args.join(" ")}\n${output}`.trimEnd());
}

function summarize(name: string, success: boolean, from = started): void {
  const seconds = Math.round((performance.now() - from) / 1000);
  summary.push(`${success ? "ok    " : "FAILED"}  ${name}, ${seconds} s`);
}

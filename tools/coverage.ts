/**
 * Runs the tests and reports which lines and branches of `core/` never ran. Files and flags are
 * handed on to `deno test`. It fails when a test does; what isn't covered is only reported.
 *
 * Deno's own report leaves files out that no test loads, and names neither lines nor branches in
 * its table; so this reads its report in the format of lcov.
 *
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { formatCoverage } from "./coverage/format_coverage.ts";
import { hasCode } from "./coverage/has_code.ts";
import { parseLcov } from "./coverage/parse_lcov.ts";
import { sourceFiles } from "./source_files.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const profile = await Deno.makeTempDir({ prefix: "coverage-" });
try {
  const { code, output } = await deno([
    "test",
    "--quiet",
    "--allow-all",
    `--coverage=${profile}`,
    "--coverage-raw-data-only",
    ...Deno.args,
  ]);
  if (code !== 0) console.log(output);
  await report();
  if (code !== 0) console.log("The tests failed, so this may not be all");
  Deno.exitCode = code;
} finally {
  await Deno.remove(profile, { recursive: true });
}

async function report(): Promise<void> {
  const { output } = await deno([
    "coverage",
    "--quiet",
    "--lcov",
    "--include=/core/",
    profile,
  ]);
  const files = parseLcov(output)
    .map((coverage) => ({ ...coverage, file: relative(root, coverage.file) }))
    .filter(({ file }) => file.startsWith("core/"))
    .sort((left, right) => left.file < right.file ? -1 : 1);
  const loaded = new Set(files.map(({ file }) => file));
  const neverLoaded = sourceFiles(root, ["core"]).filter((file) =>
    !loaded.has(file) && hasCode(Deno.readTextFileSync(`${root}${file}`))
  );
  console.log(`${formatCoverage(files, neverLoaded).join("\n")}`);
}

/** Runs Deno at the root of the repository; what it prints is given back, but for errors. */
async function deno(
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: root,
    stderr: "inherit",
  }).output();
  return { code, output: new TextDecoder().decode(stdout) };
}

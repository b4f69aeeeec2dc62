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
import { sourceFiles } from "./mutate/source_files.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const profile = await Deno.makeTempDir({ prefix: "coverage-" });
try {
  const { code } = await deno("inherit", [
    "test",
    "--quiet",
    "--allow-all",
    `--coverage=${profile}`,
    "--coverage-raw-data-only",
    ...Deno.args,
  ]);
  await report();
  if (code !== 0) console.log("The tests failed, so this may not be all");
  Deno.exitCode = code;
} finally {
  await Deno.remove(profile, { recursive: true });
}

async function report(): Promise<void> {
  const { stdout } = await deno("piped", [
    "coverage",
    "--quiet",
    "--lcov",
    "--include=/core/",
    profile,
  ]);
  const files = parseLcov(new TextDecoder().decode(stdout))
    .map((coverage) => ({ ...coverage, file: relative(root, coverage.file) }))
    .filter(({ file }) => file.startsWith("core/"))
    .sort((left, right) => left.file < right.file ? -1 : 1);
  const loaded = new Set(files.map(({ file }) => file));
  const neverLoaded = sourceFiles(root, ["core"]).filter((file) =>
    !loaded.has(file) && hasCode(Deno.readTextFileSync(`${root}${file}`))
  );
  console.log(`\n${formatCoverage(files, neverLoaded).join("\n")}`);
}

async function deno(
  stdout: "inherit" | "piped",
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: Uint8Array }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: root,
    stdout,
  }).spawn();
  const [{ code }, output] = await Promise.all([
    child.status,
    stdout === "piped" ? new Response(child.stdout).bytes() : new Uint8Array(),
  ]);
  return { code, stdout: output };
}

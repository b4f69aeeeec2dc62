import { isAlone } from "./is_alone.ts";
import { longFirst } from "./long_first.ts";

/** One command of the gate: what it is called in the report, and the arguments of `deno`. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

/**
 * The checks that run no code, side by side. `markdown` are the paths of the documents whose
 * examples are type-checked: `deno check` finds those of doc comments by itself, and no others.
 * `faces` are the paths of the modules that the package exports.
 */
export function staticChecks(
  markdown: readonly string[],
  faces: readonly string[],
): readonly Check[] {
  return [
    { name: "format", args: ["fmt", "--check"] },
    { name: "lint", args: ["lint"] },
    { name: "types", args: ["check", "--quiet", "--doc", ".", ...markdown] },
    // Only what the language has: this fails where the core uses the host.
    {
      name: "core types",
      args: [
        "check",
        "--quiet",
        "--no-lock",
        "--config=tools/core.deno.json",
        "core/",
      ],
    },
    // Only what browsers of the last three years have: this fails where what they load needs more.
    {
      name: "browser types",
      args: [
        "check",
        "--quiet",
        "--no-lock",
        "--config=tools/browsers.deno.json",
        "adapters/client/mod.ts",
        "adapters/growthbook/mod.ts",
      ],
    },
    {
      name: "documentation",
      args: ["doc", "--quiet", "--lint", ...faces],
    },
    {
      name: "publication",
      args: ["publish", "--quiet", "--dry-run", "--allow-dirty"],
    },
  ];
}

/**
 * The runs of the tests, one after the other: most of them side by side, and then those that must be
 * alone. Each names its files, as Deno ignores no file that a folder beside it holds. The check of the
 * types has checked theirs. Tests in `tests/docs` run the examples of the documentation, which `--doc`
 * would run in a program each.
 */
export function testRuns(testFiles: readonly string[]): readonly Check[] {
  const common = ["test", "--quiet", "--no-check", "--allow-all"];
  const alone = testFiles.filter(isAlone);
  const beside = testFiles.filter((path) => !isAlone(path));
  // Deno runs the files in the order of their names on the line.
  const ordered = new Set([...longFirst(beside), ...beside]);
  return [
    { name: "tests", args: [...common, "--parallel", ...ordered] },
    { name: "tests that run alone", args: [...common, ...alone] },
  ];
}

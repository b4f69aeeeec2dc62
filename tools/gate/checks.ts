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

/** The tests of the gate: a run of Deno for each file. */
export interface TestChecks {
  /** Those that run side by side, in the order in which they begin. */
  readonly beside: readonly Check[];
  /** Those that run one after the other, with nothing beside them. */
  readonly alone: readonly Check[];
}

/**
 * Gives each file of tests a program of its own, named by its path. One program for all (`--parallel`)
 * takes a half more of the processors' time, and one file that hangs or exits takes the others with it.
 * The check of the types has checked theirs. Tests in `tests/docs` run the examples of the
 * documentation, which `--doc` would run in a program each.
 */
export function testChecks(testFiles: readonly string[]): TestChecks {
  const beside = testFiles.filter((path) => !isAlone(path));
  return {
    beside: [...new Set([...longFirst(beside), ...beside])].map(testCheck),
    alone: testFiles.filter(isAlone).map(testCheck),
  };
}

function testCheck(path: string): Check {
  const flags = ["--quiet", "--no-check", "--allow-all"];
  return { name: path, args: ["test", ...flags, path] };
}

import { assert, assertEquals } from "@std/assert";
import { staticChecks, testRuns } from "../../../tools/gate/checks.ts";
import { filesEnding } from "../../../tools/gate/files_ending.ts";
import { longFirst } from "../../../tools/gate/long_first.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

Deno.test("testRuns() runs each file once: side by side, or alone where its name says so", () => {
  const files = ["tests/a_test.ts", "tests/b_alone_test.ts", "c_alone_test.ts"];
  const [beside = [], alone = []] = testRuns(files).map(({ args }) => args);
  assert(beside.includes("--parallel"));
  // Deno takes no notice of `--ignore` where a folder is named beside it: each file is named.
  assertEquals(beside.filter(isFile), files.slice(0, 1));
  assertEquals(alone.filter(isFile), files.slice(1));
  assert(!alone.includes("--parallel"));
});

Deno.test("testRuns() begins with the files that take long, and leaves none out", () => {
  const files = ["tests/a_test.ts", "tests/crash/b_test.ts", "tests/c_test.ts"];
  const [beside = []] = testRuns(files).map(({ args }) => args);
  assertEquals(beside.filter(isFile), [
    "tests/crash/b_test.ts",
    "tests/a_test.ts",
    "tests/c_test.ts",
  ]);
});

Deno.test("staticChecks() checks the types of all that the tests run unchecked", () => {
  const types = staticChecks(["README.md"], []).find(({ name }) =>
    name === "types"
  );
  assertEquals(types?.args, ["check", "--quiet", "--doc", ".", "README.md"]);
  assert(testRuns([]).every(({ args }) => args.includes("--no-check")));
});

Deno.test("longFirst() gives each file that takes long once", () => {
  const root = new URL("../../../", import.meta.url).pathname;
  const files = filesEnding("_test.ts", `${root}tests`)
    .map((path) => path.slice(root.length));
  const first = longFirst(files);
  assertEquals(first[0], "tests/package/package_test.ts");
  assertEquals(first.at(-1), "tests/package/types_test.ts");
  assertEquals(new Set(first).size, first.length);
  assert(first.includes("tests/crash/kills_test.ts"));
  assert(first.length < files.length / 3);
});

Deno.test("filesEnding() lists files at any depth, but none that are hidden or of others", () => {
  const folder = temporaryFolder();
  for (const path of ["b", "a/c", ".git", "node_modules/x"]) {
    Deno.mkdirSync(`${folder}/${path}`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/${path}/x.md`, "");
    Deno.writeTextFileSync(`${folder}/${path}/x.ts`, "");
  }
  assertEquals(
    filesEnding(".md", folder),
    ["a/c/x.md", "b/x.md"].map((path) => `${folder}/${path}`),
  );
});

/** Whether an argument of Deno is the path of a file, or all there is without flags. */
function isFile(argument: string): boolean {
  return !argument.startsWith("--") && argument !== "test";
}

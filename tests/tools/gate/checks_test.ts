import { assert, assertEquals } from "@std/assert";
import { staticChecks, testChecks } from "../../../tools/gate/checks.ts";
import { filesEnding } from "../../../tools/gate/files_ending.ts";
import { longFirst } from "../../../tools/gate/long_first.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

Deno.test("testChecks() runs each file once: side by side, or alone where its name says so", () => {
  const { beside, alone } = testChecks([
    "tests/a_test.ts",
    "tests/b_alone_test.ts",
    "tests/crash/c_test.ts",
    "tests/d_test.ts",
    "e_alone_test.ts",
  ]);
  // Those that take long begin.
  const files = ["tests/crash/c_test.ts", "tests/a_test.ts", "tests/d_test.ts"];
  assertEquals(beside.map(({ name }) => name), files);
  assertEquals(beside.map(({ args }) => args.at(-1)), files);
  assertEquals(
    alone.map(({ args }) => args.at(-1)),
    ["tests/b_alone_test.ts", "e_alone_test.ts"],
  );
});

Deno.test("staticChecks() checks the types of all that the tests run unchecked", () => {
  const types = staticChecks(["README.md"], []).find(({ name }) =>
    name === "types"
  );
  assertEquals(types?.args, ["check", "--quiet", "--doc", ".", "README.md"]);
  assert(testChecks(["a_test.ts"]).beside[0]?.args.includes("--no-check"));
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

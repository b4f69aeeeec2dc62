import { assert, assertEquals } from "@std/assert";
import { stop } from "esbuild";
import { bundleSize } from "../../../tools/size/bundle_size.ts";
import { testRows } from "../../support/test_rows.ts";

Deno.test("bundleSize() counts the bytes of a minified bundle", async () => {
  const { raw } = await measure("export const answer = 40 + 2;");
  assertEquals(raw, "var a=42;export{a as answer};\n".length);
});

Deno.test("bundleSize() compresses what repeats itself", async () => {
  const text = "abc".repeat(1_000);
  const { raw, gzipped } = await measure(`export default "${text}";`);
  assert(gzipped < raw);
});

Deno.test("bundleSize() tells what each file of the repository adds", async () => {
  const { files } = await measure('export { inRange } from "./mod.ts";');
  assert(files.some(([path]) => path === "core/bucket/in_range.ts"));
});

Deno.test("bundleSize() leaves out what isn't used", async () => {
  const { files } = await measure('export { inRange } from "./mod.ts";');
  assert(!files.some(([path]) => path === "core/hash/hash.ts"));
});

// What a module does when it is loaded, such as a spread, keeps it in every bundle.
testRows(
  "bundleSize() has nothing but what it needs in a bundle of",
  [
    ["hash", ["hash", "support"]],
    ["evalCondition", ["condition", "pattern", "support"]],
    [
      "evalFeature",
      [
        "bucket",
        "condition",
        "decide",
        "evaluation",
        "experiment",
        "feature",
        "gates",
        "hash",
        "pattern",
        "sticky",
        "support",
        "url",
      ],
    ],
  ],
  async ([name, folders]) => {
    const { files } = await measure(`export { ${name} } from "./mod.ts";`);
    const found = files.filter(([, bytes]) => bytes > 0)
      .map(([path]) => path.split("/")[1]);
    assertEquals([...new Set(found)].sort(), folders);
  },
);

Deno.test("bundleSize() finds packages and what they depend on", async () => {
  const { files } = await measure(
    'export { GrowthBook } from "@growthbook/growthbook";',
  );
  assert(files.some(([path]) => path.includes("dom-mutator")));
});

// esbuild leaves a process running until it is told to stop.
async function measure(source: string) {
  try {
    return await bundleSize(source);
  } finally {
    await stop();
  }
}

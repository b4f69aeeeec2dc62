import { assert, assertEquals } from "@std/assert";
import { npx, packageArchive, runIn, withProject } from "./project.ts";

Deno.test("the package has nothing that publint reports", async () => {
  const archive = await packageArchive();
  const command = npx(["publint@0.3.25"], "publint", archive, "--strict");
  const { success, text } = await runIn(".", command);
  assertEquals([success, text.includes("All good!")], [true, true], text);
});

Deno.test("the types of the package are right for ESM and CommonJS, as attw sees them", async () => {
  const archive = await packageArchive();
  const command = npx(
    ["@arethetypeswrong/cli@0.18.5"],
    ...["attw", archive, "--profile", "node16", "--format", "ascii"],
  );
  const { success, text } = await runIn(".", command);
  assert(success, text);
});

Deno.test("an application that imports five entries has one copy of the core", async () => {
  await withProject(["esbuild@0.28"], async ({ write, read, run }) => {
    await write({
      "application.mjs": `
        export * as core from "@growthstream/sdk";
        export * as client from "@growthstream/sdk/client";
        export * as growthbook from "@growthstream/sdk/growthbook";
        export * as sqlite from "@growthstream/sdk/sqlite";
        export * as events from "@growthstream/sdk/events";
      `,
    });
    const { success, text } = await run(
      ...["esbuild", "application.mjs", "--bundle", "--format=esm"],
      ...["--platform=node", "--outfile=out.mjs", "--log-level=error"],
    );
    assert(success, text);
    const bundle = await read("out.mjs");
    const copies = (name: string) =>
      bundle.match(new RegExp(`^function ${name}\\(`, "gm"))?.length;
    assertEquals(
      ["evaluateFeature", "parsePayload", "payloadDigest"].map(copies),
      [1, 1, 1],
    );
  });
});

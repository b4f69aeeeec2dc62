import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { withProject } from "./project.ts";

// What an application's bundler leaves alone here is installed in the project.
async function bundleScenarios(): Promise<string> {
  const folder = new URL("../adapters/react/", import.meta.url);
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import "./jsdom_globals.ts";
          import { runAll } from "./scenarios_page.ts";
          import { version } from "react";
          const failures = Object.entries(await runAll())
            .filter(([, failure]) => failure !== null);
          console.log(JSON.stringify({ version, failures }));
          process.exit(0);
        `,
        resolveDir: fileURLToPath(folder),
      },
      bundle: true,
      format: "esm",
      logLevel: "error",
      packages: "external",
      platform: "node",
      write: false,
    });
    return outputFiles[0]!.text;
  } finally {
    await stop();
  }
}

for (const major of [18, 19]) {
  Deno.test({
    name: `the hooks of the package do with React ${major} what they do here`,
    fn: async () => {
      const packages = [`react@${major}`, `react-dom@${major}`];
      await withProject([...packages, "jsdom@26"], async ({ write, run }) => {
        await write({ "scenarios.mjs": await bundleScenarios() });
        const { success, text } = await run(
          await runtimeProgram("node"),
          "scenarios.mjs",
        );
        assertEquals(success, true, text);
        const { version, failures } = JSON.parse(text);
        assertEquals([parseInt(version), failures], [major, []]);
      });
    },
  });
}

/**
 * Compares the hooks with those of the official SDK, situation by situation, in one page of Chromium with
 * React 19 in development, and prints a table. npm fetches the official package.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = await Deno.makeTempDir({ prefix: "growthstream-" });
const packages = [
  "@growthbook/growthbook-react@1.8.0",
  "react@19",
  "react-dom@19",
  "rxjs@7",
  "uuid@14",
  "eventsource-parser@4",
];

try {
  await Deno.writeTextFile(`${folder}/package.json`, `{ "private": true }`);
  const { success, stderr } = await new Deno.Command("npm", {
    args: ["install", "--silent", "--no-fund", "--no-audit", ...packages],
    cwd: folder,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const outfile = `${folder}/page.js`;
  await build({
    entryPoints: [`${root}bench/react/page.jsx`],
    outfile,
    bundle: true,
    format: "iife",
    nodePaths: [`${folder}/node_modules`],
    define: { "process.env.NODE_ENV": '"development"' },
    alias: {
      "@growthstream/sdk/client": `${root}adapters/client/mod.ts`,
      "@growthstream/sdk/react": `${root}adapters/react/mod.ts`,
    },
    external: ["node:*"],
    logLevel: "error",
  });
  await printTable(outfile);
} finally {
  await stop();
  await Deno.remove(folder, { recursive: true });
}

async function printTable(script: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
  });
  try {
    const page = await browser.newPage();
    await page.setContent("<body></body>");
    await page.addScriptTag({ path: script });
    const rows = await page.evaluate(() =>
      (globalThis as unknown as {
        readonly measure: () => Promise<readonly (readonly string[])[]>;
      }).measure()
    );
    console.log("| situation | official SDK 1.8.0 | here |");
    console.log("| --------- | ------------------ | ---- |");
    for (const row of rows) console.log(`| ${row.join(" | ")} |`);
  } finally {
    await browser.close();
  }
}

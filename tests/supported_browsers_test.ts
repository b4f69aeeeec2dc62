import { assertEquals } from "@std/assert";
import { build, stop } from "esbuild";
import { fileURLToPath } from "node:url";
import { denoPackages } from "../tools/size/deno_packages.ts";
import { entries } from "../tools/size/entries.ts";

/**
 * What browsers have for less than three years, which the library of types does not tell: those of
 * the language are checked with ES2023 (`tools/browsers.deno.json`).
 */
const newer: readonly RegExp[] = [
  /\bURL\.(canParse|parse)\b/,
  /\bAbortSignal\.any\b/,
  /\bReadableStream\.from\b/,
  /\bnavigator\.locks\b(?!\?)/,
  /\bUint8Array\.from(Base64|Hex)\b/,
  /\.to(Base64|Hex)\(\)/,
  /\bnew URLPattern\b/,
  /\bcookieStore\./,
  /\bscheduler\.(yield|postTask)\b/,
  /\bPromise\.(try|withResolvers)\b/,
  /\(\?[ims]+(-[ims]+)?:/,
];

const root = fileURLToPath(new URL("..", import.meta.url));

for (const [name, contents] of Object.entries(entries)) {
  Deno.test({
    name: `"${name}" uses nothing newer than the browsers it supports`,
    async fn() {
      const { metafile } = await build({
        stdin: { contents, resolveDir: root },
        absWorkingDir: root,
        bundle: true,
        format: "esm",
        logLevel: "error",
        metafile: true,
        plugins: [denoPackages],
        write: false,
      });
      const files = Object.keys(metafile.inputs)
        .filter((path) => /^(core|adapters)\//.test(path));
      const found = files.flatMap((path) => {
        const code = Deno.readTextFileSync(`${root}${path}`)
          .replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
        return newer.filter((it) => it.test(code)).map((it) =>
          `${path}: ${it}`
        );
      });
      assertEquals([files.length > 0, found], [true, []]);
      await stop();
    },
    sanitizeOps: false,
    sanitizeResources: false,
  });
}

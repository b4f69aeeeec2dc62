import { assertEquals } from "@std/assert";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { bundle } from "./bundle.ts";
import { runtimeProgram } from "./runtimes.ts";

/** How each runtime is started, able to collect garbage when asked. */
const runtimes: { readonly [name: string]: readonly string[] } = {
  deno: [Deno.execPath(), "run", "--allow-all", "--v8-flags=--expose-gc"],
  node: [await runtimeProgram("node"), "--expose-gc"],
  bun: [await runtimeProgram("bun")],
};

// A payload alone has 10 kB, so one that were kept each time would be 5 MB.
const tolerance = 1_500_000;

Deno.test("growthbookSource() leaves nothing behind in 500 connections and 500 sources on Deno, Node and Bun", async () => {
  const folder = temporaryFolder();
  const file = `${folder}/source_leaks.mjs`;
  await bundle(new URL("source_leaks.ts", import.meta.url), file);
  // Side by side, as each has a heap of its own.
  const left = await Promise.all(
    Object.values(runtimes).map((command) => measure(command, file, folder)),
  );
  const nothing = {
    timers: 0,
    connections: 0,
    warnings: [],
    grownByConnections: false,
    grownBySources: false,
  };
  const names = Object.keys(runtimes);
  assertEquals(
    Object.fromEntries(names.map((name, index) => [name, left[index]])),
    Object.fromEntries(names.map((name) => [name, nothing])),
  );
});

async function measure(
  [program = "", ...args]: readonly string[],
  file: string,
  folder: string,
): Promise<unknown> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args, file],
    cwd: folder,
  }).output();
  const decoder = new TextDecoder();
  if (!success) return decoder.decode(stderr);
  if (Deno.env.has("SHOW")) console.log(program, decoder.decode(stdout));
  const { timers, connections, warnings, reconnectBytes, openBytes } = JSON
    .parse(decoder.decode(stdout));
  return {
    timers,
    connections,
    warnings,
    // By how many bytes, where it is too many.
    grownByConnections: reconnectBytes > tolerance && reconnectBytes,
    grownBySources: openBytes > tolerance && openBytes,
  };
}

import { assert, assertEquals } from "@std/assert";
import { bundle } from "./bundle.ts";

/** How each runtime is started, able to collect garbage when asked. */
const runtimes: { readonly [name: string]: readonly string[] } = {
  deno: [Deno.execPath(), "run", "--allow-all", "--v8-flags=--expose-gc"],
  node: ["npx", "--yes", "--package=node@24", "node", "--expose-gc"],
  bun: ["npx", "--yes", "bun@1.4.5"],
};

for (const [name, [program, ...args]] of Object.entries(runtimes)) {
  Deno.test(`growthbookSource() leaves nothing behind on ${name}, in 1,000 connections and 1,000 sources`, async () => {
    const folder = await Deno.makeTempDir();
    const file = `${folder}/source_leaks.mjs`;
    await bundle(new URL("source_leaks.ts", import.meta.url), file);
    const { success, stdout, stderr } = await new Deno.Command(program!, {
      args: [...args, file],
      cwd: folder,
    }).output();
    const decoder = new TextDecoder();
    assert(success, decoder.decode(stderr));
    const { timers, connections, warnings, reconnectBytes, openBytes } = JSON
      .parse(
        decoder.decode(stdout),
      );
    assertEquals({ timers, connections, warnings }, {
      timers: 0,
      connections: 0,
      warnings: [],
    });
    // A payload alone has 10 kB, so one that were kept each time would be 10 MB.
    assert(reconnectBytes < 2_000_000, `${reconnectBytes}`);
    assert(openBytes < 2_000_000, `${openBytes}`);
    if (Deno.env.has("SHOW")) console.log(name, decoder.decode(stdout));
    await Deno.remove(folder, { recursive: true });
  });
}

import { assertEquals } from "@std/assert";
import { bundle } from "./bundle.ts";
import { type RuntimeName, runtimeProgram } from "./runtimes.ts";

/** How long a process may take that should end by itself. */
const longest = 30_000;

/** Runs a bundled module on a runtime until it ends by itself; null where it has to be ended. */
async function runToEnd(
  runtime: RuntimeName | "deno",
  file: string,
  args: readonly string[],
): Promise<string | null> {
  const [program, before] = runtime === "deno"
    ? [Deno.execPath(), ["run", "--quiet", "--allow-all"]]
    : [await runtimeProgram(runtime), []];
  const { code, signal, stdout, stderr } = await new Deno.Command(program, {
    args: [...before, file, ...args],
    signal: AbortSignal.timeout(longest),
  }).output();
  const [out, err] = [stdout, stderr].map((it) => new TextDecoder().decode(it));
  return signal === null ? `${code} ${out}${err}`.trim() : null;
}

for (const runtime of ["deno", "node", "bun"] as const) {
  for (const updates of ["none", "polling", "file"]) {
    Deno.test(`an idle client that is not closed lets a process of ${runtime} end (${updates})`, async () => {
      const payload = { features: { on: { defaultValue: true } } };
      const server = Deno.serve(
        { port: 0, hostname: "127.0.0.1", onListen: () => {} },
        () => Response.json(payload, { headers: { connection: "close" } }),
      );
      const folder = Deno.makeTempDirSync();
      try {
        const file = `${folder}/idle_client.mjs`;
        await bundle(new URL("idle_client.ts", import.meta.url), file);
        const host = `http://127.0.0.1:${server.addr.port}`;
        const path = `${folder}/payload.json`;
        Deno.writeTextFileSync(path, JSON.stringify(payload));
        const args = updates === "none"
          ? []
          : [updates === "file" ? path : host, updates];
        assertEquals(await runToEnd(runtime, file, args), "0 true");
      } finally {
        Deno.removeSync(folder, { recursive: true });
        await server.shutdown();
      }
    });
  }
}

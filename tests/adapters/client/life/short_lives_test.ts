import { assertEquals } from "@std/assert";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { bundle } from "../../../runtimes/bundle.ts";
import {
  type RuntimeName,
  runtimeProgram,
} from "../../../runtimes/runtimes.ts";
import { scriptedServer } from "../../../support/web/scripted_server.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

const script = `${temporaryFolder()}/short_life.mjs`;
await bundle(new URL("./short_life.ts", import.meta.url), script);

/** Gives what starts the script on a runtime. */
async function commandOf(
  runtime: RuntimeName | "deno",
  args: readonly string[],
): Promise<Deno.Command> {
  const [program, flags] = runtime === "deno"
    ? [Deno.execPath(), ["run", "--quiet", "--no-check", "--allow-all"]]
    : [await runtimeProgram(runtime), [] as string[]];
  return new Deno.Command(program, {
    args: [...flags, script, ...args],
    stdout: "piped",
    stderr: "null",
  });
}

/** Runs a test with an endpoint that gathers the ids of the users whose exposures arrive. */
async function withEndpoint(
  test: (
    url: string,
    users: readonly unknown[],
    arrived: Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  const users: unknown[] = [];
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  const server = scriptedServer(async ({ body, answer }) => {
    for (const { data } of JSON.parse(body)) users.push(data.hashValue);
    await answer(202);
    resolve();
  });
  await test(`${server.url}/hook`, users, arrived);
  await server.close();
}

for (const runtime of ["deno", "node", "bun"] as const) {
  Deno.test(`flush() delivers before a job ends (${runtime})`, () =>
    withEndpoint(async (url, users) => {
      const { stdout, code } = await (await commandOf(runtime, ["flush", url]))
        .output();
      assertEquals([new TextDecoder().decode(stdout), code], ["true\n", 0]);
      assertEquals(users, ["flush"]);
    }));

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.test(`closeOnSignal() delivers, and then ends by ${signal} (${runtime})`, () =>
      withEndpoint(async (url, users) => {
        const child = (await commandOf(runtime, ["signal", url])).spawn();
        const reader = child.stdout.getReader();
        await reader.read();
        child.kill(signal);
        assertEquals((await child.status).signal, signal);
        await reader.cancel();
        assertEquals(users, ["signal"]);
      }));
  }

  Deno.test(`an exposure made one turn before process.exit is delivered by the next process (${runtime})`, () =>
    withEndpoint(async (url, users, arrived) => {
      const log = `${temporaryFolder()}/log.db`;
      assertEquals(
        (await (await commandOf(runtime, ["exit", url, log])).output()).code,
        0,
      );
      assertEquals(users, []);
      const stored = sqliteStore(log, { readOnly: true });
      assertEquals((await stored.read(0)).length, 1);
      await stored.close();
      const next = (await commandOf(runtime, ["next", url, log])).spawn();
      await arrived;
      next.kill("SIGKILL");
      await next.status;
      await next.stdout.cancel();
      assertEquals(users, ["exit"]);
    }));
}

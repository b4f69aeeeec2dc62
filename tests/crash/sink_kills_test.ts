import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { bundle } from "../runtimes/bundle.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { runs } from "../support/runs.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { batchOf } from "./batches.ts";

// The gate kills 10 senders on Deno; `deno task prove` kills 200 on each runtime.
const { numRuns: often } = runs(1);
const kills = often > 1 ? 200 : 10;

Deno.test("webhookSink() loses nothing to SIGKILL", () => check("deno"));

if (often > 1) {
  Deno.test("webhookSink() loses nothing to SIGKILL on Node", () =>
    check("node"));
  Deno.test("webhookSink() loses nothing to SIGKILL on Bun", () =>
    check("bun"));
}

/** Kills senders on one log again and again, and compares what arrived with what was stored. */
async function check(runtime: "deno" | "node" | "bun"): Promise<void> {
  const folder = temporaryFolder();
  const file = `${folder}/sink_writer.mjs`;
  await bundle(new URL("sink_writer.ts", import.meta.url), file);
  const [program, ...args] = runtime === "deno"
    ? [Deno.execPath(), "run", "--no-check", "--allow-all", file]
    : [await runtimeProgram(runtime), file];
  /** What arrived: the data of each id, and how often. */
  const arrived = new Map<string, { readonly data: string; times: number }>();
  let changed = 0;
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      for (const { id, data } of await request.json()) {
        const known = arrived.get(id);
        const text = JSON.stringify(data);
        if (known === undefined) arrived.set(id, { data: text, times: 1 });
        else {
          known.times++;
          if (known.data !== text) changed++;
        }
      }
      return new Response(null, { status: 202 });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const log = `${folder}/log.db`;
  const start = (first: string) =>
    new Deno.Command(program!, {
      args: [...args, log, url, first],
      stdout: "piped",
      stderr: "inherit",
    });
  let next = 0;
  for (let kill = 0; kill < kills; kill++) {
    const child = start(String(next)).spawn();
    let text = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    for await (
      const part of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      timer ??= setTimeout(() => child.kill("SIGKILL"), 20 + (kill * 37) % 180);
      text += part;
    }
    clearTimeout(timer);
    assertEquals((await child.status).signal, "SIGKILL");
    const said = text.split("\n").slice(0, -1).filter((line) =>
      line !== "ready"
    );
    // The batch after the last may be there, too: it is appended once more, under the same ids.
    next = said.length === 0 ? next : Number(said.at(-1)) + 1;
  }
  assertEquals((await start("drain").output()).code, 0);
  await server.shutdown();
  const store = sqliteStore(log, { readOnly: true });
  const { last } = await store.positions();
  await store.close();
  let lost = 0;
  for (let index = 0; index < next; index++) {
    for (const { id } of batchOf(index)) if (!arrived.has(id)) lost++;
  }
  const repeated =
    [...arrived.values()].filter(({ times }) => times > 1).length;
  if (often > 1) {
    console.log(
      runtime,
      JSON.stringify({ kills, events: last, lost, repeated }),
    );
  }
  assert(last > 0);
  assertEquals({ lost, changed, arrived: arrived.size }, {
    lost: 0,
    changed: 0,
    arrived: last,
  });
}

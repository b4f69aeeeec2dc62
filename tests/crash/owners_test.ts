import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../adapters/sqlite/mod.ts";
import { bundle } from "../runtimes/bundle.ts";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";

const key = { name: "reader" };

for (const runtime of ["deno", "node", "bun"] as const) {
  Deno.test(`sqliteStore() frees what an owner on ${runtime} had when it is killed, and not while it is frozen`, async () => {
    const path = `${temporaryFolder()}/log.db`;
    const store = sqliteStore(path);
    await using owner = await startOwner(runtime, path, "theirs");
    assertEquals(await owner.answer(), "claimed at 0");
    assertEquals(await store.claim(key, "ours"), null);

    owner.signal("SIGSTOP");
    assertEquals(await store.claim(key, "ours"), null);
    assertEquals((await store.consumers())[0]?.owner, "theirs");
    owner.signal("SIGCONT");
    assertEquals(await owner.ask("7"), "held, committed");

    owner.signal("SIGKILL");
    await owner.ended;
    assertEquals((await store.consumers())[0]?.owner, null);
    const claim = await store.claim(key, "ours");
    assertEquals(claim?.checkpoint, { position: 7, unsettled: [] });
    assert(claim?.isHeld());
    assertEquals(locksBeside(path).length, 1, locksBeside(path).join());
    await store.close();
    assertEquals(locksBeside(path), []);
  });

  Deno.test(`sqliteStore() on ${runtime} leaves an owner on Deno what it has`, async () => {
    const path = `${temporaryFolder()}/log.db`;
    const store = sqliteStore(path);
    assert(await store.claim(key, "ours"));
    await using owner = await startOwner(runtime, path, "theirs");
    assertEquals(await owner.answer(), "refused");
    assertEquals(await owner.ask("7"), "lost, refused");
    await store.close();
  });
}

async function startOwner(
  runtime: "deno" | "node" | "bun",
  path: string,
  name: string,
) {
  const file = `${temporaryFolder()}/owner.mjs`;
  await bundle(new URL("owner.ts", import.meta.url), file);
  const [program, ...first] = runtime === "deno"
    ? [Deno.execPath(), "run", "--no-check", "--allow-all", file]
    : [await runtimeProgram(runtime), file];
  const child = new Deno.Command(program!, {
    args: [...first, path, name],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const input = child.stdin.getWriter();
  let text = "";
  const answer = async () => {
    while (!text.includes("\n")) {
      const { value, done } = await lines.read();
      if (done) throw new Error(`The owner ended after ${text}`);
      text += value;
    }
    const [line = "", ...rest] = text.split("\n");
    text = rest.join("\n");
    return line;
  };
  let hasEnded = false;
  const ended = child.status.then(() => hasEnded = true);
  return {
    answer,
    ask: async (line: string) => {
      await input.write(new TextEncoder().encode(`${line}\n`));
      return await answer();
    },
    signal: (signal: Deno.Signal) => child.kill(signal),
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!hasEnded) child.kill("SIGKILL");
      await ended;
      await lines.cancel().catch(() => {});
      await input.close().catch(() => {});
    },
  };
}

function locksBeside(path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.includes("-owner-"));
}

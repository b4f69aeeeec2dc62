import { assert, assertEquals } from "@std/assert";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { bundle } from "../../runtimes/bundle.ts";
import { runtimeProgram } from "../../runtimes/runtimes.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { type ClientProcess, startClient } from "./run_clients.ts";

const folder = temporaryFolder();
const file = `${folder}/client.mjs`;
await bundle(new URL("./client.ts", import.meta.url), file);
const commands = {
  deno: [Deno.execPath(), "run", "--quiet", "--allow-all", file],
  node: [await runtimeProgram("node"), file],
  bun: [await runtimeProgram("bun"), file],
};
const runtimes = Object.keys(commands) as (keyof typeof commands)[];

async function storedIds(path: string): Promise<readonly string[]> {
  const store = sqliteStore(path);
  const events = await store.read(0, Infinity);
  await store.close();
  return events.filter(({ type }) => type === "experiment.viewed")
    .map(({ id }) => id);
}

const idsOf = (processes: readonly ClientProcess[]) =>
  processes.flatMap(({ calls }) => calls()).map(([id]) => id);

Deno.test("three processes on one file store and deliver each of 300 exposures once", async () => {
  const path = `${folder}/three.db`;
  const processes = runtimes.map((name) =>
    startClient(commands[name], { path, first: 0, count: 300, gap: 1 })
  );
  for (const each of processes) await each.done();
  for (const each of processes) await each.end();
  const stored = await storedIds(path);
  const called = idsOf(processes);
  assertEquals(stored.length, 300);
  assertEquals(called.length, 300);
  assertEquals(new Set(called), new Set(stored));
});

for (const name of runtimes) {
  Deno.test(`what a killed client on ${name} had not delivered, another one delivers`, async () => {
    const path = `${folder}/killed-${name}.db`;
    const all: ClientProcess[] = [];
    const kills = Number(Deno.env.get("RUNS") ?? 1) * 3;
    for (let kill = 0; kill < kills; kill++) {
      const dying = startClient(commands[name], {
        path,
        first: kill * 1_000,
        count: 1_000,
        gap: 1,
      });
      all.push(dying);
      while (dying.calls().length < 20) {
        await Promise.race([
          dying.ended,
          new Promise((resolve) => setTimeout(resolve, 5)),
        ]);
      }
      dying.signal("SIGKILL");
      await dying.ended;
    }
    const heir = startClient(commands[name], {
      path,
      first: 1e6,
      count: 1,
      gap: 0,
    });
    all.push(heir);
    await heir.done();
    const stored = new Set(await storedIds(path));
    // Lanes are adopted within 15 seconds; it takes as long as it takes.
    for (let wait = 0; wait < 600; wait++) {
      const called = new Set(idsOf(all));
      if ([...stored].every((id) => called.has(id))) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await heir.end();
    const called = idsOf(all);
    const lost = [...stored].filter((id) => !called.includes(id));
    const repeated = called.length - new Set(called).size;
    assertEquals(lost, []);
    // What was in hand when a process died: 16 calls, and those whose settlement was on its way.
    assert(repeated <= kills * 48, `${repeated} repeated`);
  });
}

if (Number(Deno.env.get("RUNS") ?? 1) > 1) {
  Deno.test("three processes on one file for a minute, with 20 kills and a SIGSTOP, lose nothing", async () => {
    const path = `${folder}/minute.db`;
    const all: ClientProcess[] = [];
    // Each user is shown the experiment in two of the processes.
    const start = (slot: number, round: number) => {
      const process = startClient(commands[runtimes[slot]!], {
        path,
        first: round * 10_000 + (slot >> 1) * 500,
        count: 100_000,
        gap: 3,
      });
      all.push(process);
      return process;
    };
    const slots = [0, 1, 2].map((slot) => start(slot, 0));
    for (let kill = 0; kill < 20; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      const slot = kill % 3;
      if (kill === 10) {
        slots[slot]!.signal("SIGSTOP");
        await new Promise((resolve) => setTimeout(resolve, 10_000));
        slots[slot]!.signal("SIGCONT");
      }
      slots[slot]!.signal("SIGKILL");
      await slots[slot]!.ended;
      slots[slot] = start(slot, 1 + kill);
    }
    for (const each of slots) each.signal("SIGKILL");
    for (const each of slots) await each.ended;
    const heir = startClient(commands.deno, {
      path,
      first: 1e9,
      count: 1,
      gap: 0,
    });
    all.push(heir);
    await heir.done();
    const stored = await storedIds(path);
    for (let wait = 0; wait < 120; wait++) {
      const called = new Set(idsOf(all));
      if (stored.every((id) => called.has(id))) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await heir.end();
    const called = idsOf(all);
    const distinct = new Set(called);
    const lost = stored.filter((id) => !distinct.has(id)).length;
    const users = all.flatMap(({ calls }) => calls()).map(([, user]) => user);
    console.log(JSON.stringify({
      events: stored.length,
      calls: called.length,
      repeated: called.length - distinct.size,
      lost,
      usersTwice: new Map(users.map((user) => [user, user])).size -
        distinct.size,
    }));
    assertEquals(lost, 0);
    assertEquals(new Set(users).size, distinct.size);
  });
}

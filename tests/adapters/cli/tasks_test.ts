import { assertEquals } from "@std/assert";
import { commands } from "../../../adapters/cli/commands/mod.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { makeEvent, writeLog } from "./write_log.ts";

const root = new URL("../../../", import.meta.url);
const { tasks } = JSON.parse(
  await Deno.readTextFile(new URL("deno.json", root)),
) as {
  readonly tasks: { readonly [name: string]: { readonly command: string } };
};

/** What each task may do: as much as its command does, and no more. */
const permissions: { readonly [name: string]: string } = {
  // A payload may be at a URL.
  eval: "--allow-read --allow-net",
  lint: "--allow-read --allow-net",
  types: "--allow-read --allow-write --allow-net",
  serve: "--allow-read --allow-net",
  // It writes a folder for temporary files, whose place the environment tells.
  demo:
    "--allow-read --allow-write --allow-env=TMPDIR,TMP,TEMP --allow-net=127.0.0.1",
  report: "--allow-read",
  replay: "--allow-read",
  verify: "--allow-read",
  tail: "--allow-read",
  parked: "--allow-read",
  redeliver: "--allow-read --allow-write",
  erase: "--allow-read --allow-write",
  // It keeps its checkpoint in the log, and sends to a service or a file.
  deliver:
    "--allow-read --allow-write --allow-net --allow-env=GROWTHBOOK_CLIENT_KEY,SEGMENT_WRITE_KEY,POSTHOG_API_KEY,MIXPANEL_TOKEN,GA4_MEASUREMENT_ID,GA4_API_SECRET,WEBHOOK_URL,WEBHOOK_SECRET",
};

Deno.test("each command but init is a task that may do no more than it does", () => {
  const names = commands.map(({ name }) => name).filter((name) =>
    name !== "init"
  );
  assertEquals(Object.keys(permissions).sort(), names.toSorted());
  for (const name of names) {
    assertEquals(
      tasks[name]?.command,
      `deno run --quiet ${permissions[name]} adapters/cli/bin.ts ${name}`,
    );
  }
});

/** Runs a task's command with the permissions it has, and without asking for others. */
async function runTask(name: string, args: readonly string[]) {
  const flags = permissions[name]!.split(" ");
  const bin = new URL("adapters/cli/bin.ts", root).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...flags, bin, name, ...args],
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    output: decoder.decode(stdout),
    errors: decoder.decode(stderr),
  };
}

for (
  const [name, ...args] of [
    ["report"],
    ["replay", "--feature", "cta", "--user", "7"],
    ["verify"],
    ["tail", "--once"],
    ["parked"],
    ["redeliver", "--consumer", "warehouse"],
    ["erase", "--user", "7"],
  ]
) {
  Deno.test(`${name} does with the permissions of its task, on a log that is open and one whose writer is gone`, async () => {
    const path = await writeLog();
    const store = sqliteStore(path);
    await store.append([
      makeEvent(300, "custom", { name: "a", properties: {} }),
    ]);
    assertEquals(Deno.statSync(`${path}-wal`).size > 0, true);
    // As a writer leaves them that was killed.
    const folder = temporaryFolder();
    for (const end of ["", "-wal", "-shm"]) {
      await Deno.copyFile(path + end, `${folder}/log.db${end}`);
    }
    for (const log of [path, `${folder}/log.db`]) {
      const { code, errors } = await runTask(name!, [log, ...args]);
      assertEquals([code, errors], [0, ""]);
    }
    await store.close();
  });
}

Deno.test("redeliver says which permission it lacks", async () => {
  const path = await writeLog();
  const bin = new URL("adapters/cli/bin.ts", root).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-read",
      bin,
      "redeliver",
      path,
      "--consumer",
      "warehouse",
    ],
  }).output();
  assertEquals(code, 2);
  assertEquals(
    new TextDecoder().decode(stderr),
    "Cannot change the log: Deno runs without --allow-write for it\n",
  );
});

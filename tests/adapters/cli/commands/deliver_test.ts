import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { systemClock } from "../../../../adapters/support/time/clock.ts";
import { scriptedServer } from "../../../support/web/scripted_server.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { runCommand } from "../run_command.ts";
import { makeEvent, writeEvents } from "../write_log.ts";

const clicks = () =>
  writeEvents(
    ["a", "b"].map((name, index) =>
      makeEvent(index, "custom", { name, properties: {} })
    ),
  );

Deno.test("deliver writes the events of a log to a file, once", async () => {
  const log = await clicks();
  const file = `${temporaryFolder()}/events.ndjson`;
  const args = ["deliver", log, "--to", "file", "--file", file, "--once"];
  const host = { clock: systemClock };
  assertEquals(
    (await runCommand(args, host)).output,
    "2 events delivered, 0 parked, 0 waiting\n",
  );
  assertEquals(
    (await runCommand(args, host)).output,
    "0 events delivered, 0 parked, 0 waiting\n",
  );
  const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
  assertEquals(lines.map((line) => JSON.parse(line).data.name), ["a", "b"]);
});

Deno.test("deliver takes secrets from the environment, shows none, and ends where it is not let in", async () => {
  const requests: string[] = [];
  const server = scriptedServer(async ({ headers, answer }) => {
    requests.push(headers.get("authorization") ?? "");
    await answer(401, "unknown key mp-token-9");
  });
  const args = ["deliver", await clicks(), "--to", "mixpanel"];
  const { exitCode, output, errors } = await runCommand(
    [...args, "--host", server.url],
    {
      clock: systemClock,
      variable: (name) => name === "MIXPANEL_TOKEN" ? "mp-token-9" : undefined,
    },
  );
  await server.close();
  assertEquals(requests, [`Basic ${btoa("mp-token-9:")}`]);
  assertEquals([exitCode, output], [
    1,
    "0 events delivered, 0 parked, 2 waiting\n",
  ]);
  assertStringIncludes(errors, "401: unknown key [secret]");
  assert(!errors.includes("mp-token-9"));
});

Deno.test("deliver sends to the webhook at --host", async () => {
  const server = scriptedServer(({ answer }) => answer(200));
  const { output, errors } = await runCommand(
    [
      ...["deliver", await clicks(), "--to", "webhook", "--once"],
      ...["--host", server.url],
    ],
    { clock: systemClock, variable: () => "sesame" },
  );
  await server.close();
  assertEquals([output, errors], [
    "2 events delivered, 0 parked, 0 waiting\n",
    "",
  ]);
});

Deno.test("deliver says what it misses", async () => {
  const log = await clicks();
  for (
    const [args, expected] of [
      [[], "Cannot deliver: --to is missing"],
      [["--to", "segmnt"], "did you mean segment?"],
      [["--to", "segment"], "the environment has no SEGMENT_WRITE_KEY"],
      [["--to", "file"], "--file is missing"],
    ] as const
  ) {
    const { exitCode, errors } = await runCommand(["deliver", log, ...args]);
    assertEquals(exitCode, 2);
    assertStringIncludes(errors, expected);
  }
});

Deno.test("deliver ends where the log is none, is damaged or is of a later version", async () => {
  const folder = temporaryFolder();
  const damaged = await clicks();
  const bytes = await Deno.readFile(damaged);
  // The header, and what SQLite reads first, stay.
  await Deno.writeFile(damaged, bytes.fill(0xff, 4_096));
  const later = await clicks();
  runSql(later, "pragma user_version = 999");
  const other = `${folder}/other.db`;
  runSql(other, "create table shops (name)");
  const text = `${folder}/text.db`;
  await Deno.writeTextFile(
    text,
    "no database, and longer than a header".repeat(9),
  );
  for (const log of [damaged, later, other, text]) {
    for (const once of [["--once"], []]) {
      const { exitCode, output, errors } = await runCommand(
        ["deliver", log, "--to", "file", "--file", `${folder}/out`, ...once],
        { clock: systemClock },
      );
      assertEquals([exitCode, output], [2, ""]);
      assertEquals(
        errors,
        `Cannot change the log: the file is ${
          log === later
            ? "of a later version than this code"
            : "damaged, or no event log"
        }\n`,
      );
    }
  }
});

function runSql(file: string, text: string): void {
  const database = new DatabaseSync(file);
  database.exec(text);
  database.close();
}

Deno.test("deliver takes no service for a damaged log", async () => {
  let stop = () => {};
  const interrupted = new Promise<void>((resolve) => stop = resolve);
  let requests = 0;
  const server = scriptedServer(async ({ answer }) => {
    await answer(503, "the file is malformed");
    if (++requests === 2) stop();
  });
  const { exitCode, output } = await runCommand(
    ["deliver", await clicks(), "--to", "webhook", "--host", server.url],
    {
      clock: systemClock,
      variable: () => "sesame",
      interrupted: () => interrupted,
    },
  );
  await server.close();
  assertEquals([exitCode, output], [
    0,
    "0 events delivered, 0 parked, 2 waiting\n",
  ]);
});

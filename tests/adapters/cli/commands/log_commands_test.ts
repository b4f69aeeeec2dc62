import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { sqliteStore } from "../../../../adapters/sqlite/mod.ts";
import { decideFeature } from "../../../../mod.ts";
import { runCommand } from "../run_command.ts";
import {
  logPayload,
  makeExposures,
  writeEvents,
  writeLog,
} from "../write_log.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";

const payload = logPayload;
const { features } = payload;
const log = await writeLog();

Deno.test("report tells of experiments, features and consumers", async () => {
  const { exitCode, output } = await runCommand(["report", log]);
  assertEquals(exitCode, 0);
  assertStringIncludes(output, "experiment cta-test");
  assertStringIncludes(output, "verdict  healthy");
  assertMatch(output, /cta +"Buy" +experiment +r1 +7\n/);
  assertMatch(
    output,
    /warehouse +101 +102 +2026-01-01T00:00:00\.005Z +1\n/,
  );
});

Deno.test("report tells of each phase of an experiment", async () => {
  const events = ["0", "1"].flatMap((phase) =>
    makeExposures(payload, 20).map((event) => ({
      ...event,
      id: `${phase}-${event.id}`,
      data: { ...event.data, phase },
    }))
  );
  const { output } = await runCommand(["report", await writeEvents(events)]);
  assertEquals(output.match(/^experiment .*|users +[0-9].*/gm), [
    "experiment cta-test, phase 0",
    "users    20",
    "experiment cta-test, phase 1",
    "users    20",
  ]);
});

Deno.test("commands say that a log is damaged where they come to it", async () => {
  const damaged = await writeEvents(makeExposures(payload, 5_000));
  const bytes = await Deno.readFile(damaged);
  // SQLite opens it, and finds pages that are none further on.
  await Deno.writeFile(damaged, bytes.fill(0xff, bytes.length >> 1));
  for (const words of [["report"], ["verify"], ["tail", "--type", "custom"]]) {
    const [name = "", ...rest] = words;
    const { exitCode, errors } = await runCommand([name, damaged, ...rest]);
    assertEquals([exitCode, errors], [
      2,
      "Cannot read the log: the file is damaged, or no event log\n",
    ]);
  }
});

Deno.test("report gives the same as JSON", async () => {
  const { output } = await runCommand(["report", log, "--json"]);
  const { events, experiments, features, consumers } = JSON.parse(output);
  assertEquals(events, 202);
  assertEquals(experiments.length, 1);
  assertEquals(experiments[0].verdict, "healthy");
  assertEquals(
    experiments[0].exposures[0] + experiments[0].exposures[1],
    200,
  );
  assertEquals(features[0].count, 7);
  assertEquals(consumers, [{
    name: "warehouse",
    checkpoint: 101,
    waiting: 102,
    waitingSince: "2026-01-01T00:00:00.005Z",
    parked: 1,
  }]);
});

Deno.test("report says what is wrong with a log that it can't read", async () => {
  const missing = `${temporaryFolder()}/none.db`;
  assertEquals(await runCommand(["report", missing]), {
    exitCode: 2,
    output: "",
    errors: `Cannot read the log: there is no file ${missing}\n`,
  });
  const other = `${temporaryFolder()}/other.db`;
  Deno.writeTextFileSync(other, "no log ".repeat(200));
  const { errors } = await runCommand(["report", other]);
  assertEquals(
    errors,
    "Cannot read the log: the file is damaged, or no event log\n",
  );
});

Deno.test("report ends with 1 where a split is broken", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append(
    makeExposures(payload, 600).filter(({ data }) =>
      data.variationId === 0 || Number(data.hashValue) % 2 === 0
    ),
  );
  await store.close();
  const { exitCode, output } = await runCommand(["report", path]);
  assertEquals(exitCode, 1);
  assertStringIncludes(output, "MISMATCH");
});

Deno.test("demo writes a log to a new file, and over no other", async () => {
  const before = Deno.readFileSync(log);
  const { exitCode, errors } = await runCommand(["demo", "--log", log]);
  assertEquals(exitCode, 2);
  assertStringIncludes(errors, "there are events in that file already");
  assertEquals(Deno.readFileSync(log), before);
});

Deno.test("replay tells why a user saw a variation", async () => {
  const { exitCode, output } = await runCommand(
    ["replay", log, "--feature", "cta", "--user", "7"],
  );
  assertEquals(exitCode, 0);
  const { key } = decideFeature(
    { ...payload, attributes: { id: "7" } },
    "cta",
  ).result.experimentResult!;
  assertStringIncludes(output, `(${key}) of cta-test, by the hash`);
  assertStringIncludes(output, "again    the same");
  assertStringIncludes(output, "rule r1 (experiment cta-test) applied");
});

Deno.test("replay goes back to a position or a time", async () => {
  const replay = (at: string) =>
    runCommand(["replay", log, "--feature", "cta", "--user", "7", "--at", at]);
  assertEquals((await replay("8")).exitCode, 1);
  assertEquals((await replay("9")).exitCode, 0);
  assertEquals((await replay("2026-01-01T00:00:00.006Z")).exitCode, 1);
  assertEquals((await replay("2026-01-01T00:00:00.007Z")).exitCode, 0);
  const { exitCode, errors } = await replay("noon");
  assertEquals(exitCode, 2);
  assertStringIncludes(errors, "neither a position nor a time");
});

Deno.test("replay says which option is missing", async () => {
  assertStringIncludes(
    (await runCommand(["replay", log, "--user", "7"])).errors,
    "--feature is missing",
  );
  assertStringIncludes(
    (await runCommand(["replay", log, "--feature", "cta"])).errors,
    "--user is missing",
  );
});

Deno.test("verify finds that recorded decisions come out the same", async () => {
  const { exitCode, output } = await runCommand(["verify", log, "--json"]);
  const [{ users, same, unverifiable }] = JSON.parse(output);
  assertEquals({ exitCode, users, same, unverifiable }, {
    exitCode: 0,
    users: 200,
    same: 200,
    unverifiable: 0,
  });
});

Deno.test("verify tells whom another payload would move, and ends with 1 beyond what is tolerated", async () => {
  const [rule] = features.cta.rules;
  const next = { features: { cta: { rules: [{ ...rule, weights: [0, 1] }] } } };
  const verify = (...args: readonly string[]) =>
    runCommand(["verify", log, "next.json", ...args], {
      readText: () => Promise.resolve(JSON.stringify(next)),
    });
  const { exitCode, output } = await verify();
  assertEquals(exitCode, 1);
  assertStringIncludes(output, "would change");
  assertStringIncludes(output, "control -> order: ");
  assert(!output.includes("order -> control"));
  const [, share] = /would change +\d+ \(([\d.]+) %\)/.exec(output)!;
  const under = `${Number(share) - 1}%`;
  const over = `${(Number(share) + 1) / 100}`;
  assertEquals((await verify("--tolerate", under)).exitCode, 1);
  assertEquals((await verify("--tolerate", over)).exitCode, 0);
  assertEquals((await verify("--tolerate", "100%")).exitCode, 0);
  for (const wrong of ["2", "101%", "half", "-0.1", "0x1"]) {
    const refused = await verify(`--tolerate=${wrong}`);
    assertEquals(refused.exitCode, 2);
    assertStringIncludes(refused.errors, "Cannot use --tolerate: ");
  }
});

Deno.test("verify refuses a payload that it can't use", async () => {
  const { exitCode, errors } = await runCommand(
    ["verify", log, "next.json"],
    { readText: () => Promise.resolve("{}") },
  );
  assertEquals(exitCode, 2);
  assertStringIncludes(errors, "Cannot use the payload");
});

Deno.test("tail prints the last events, then each new one, until nobody reads them", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append([event("a"), event("b"), event("c")]);
  const lines: string[] = [];
  const { clock, asleep, wake } = sleeper();
  const ended = runCommand(["tail", path, "--lines", "2"], {
    print: (text) => Promise.resolve(lines.push(text) < 3),
    clock,
  });
  await asleep;
  assertEquals(lines.map((line) => JSON.parse(line).id), ["b", "c"]);
  await store.append([event("d")]);
  wake();
  assertEquals((await ended).exitCode, 0);
  assertEquals(JSON.parse(lines[2]!).id, "d");
  assert(!lines.join("").includes("\u001b"));
  await store.close();
});

Deno.test("tail ends when it is interrupted", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  await store.append([event("a")]);
  const { clock, asleep } = sleeper();
  let interrupt = () => {};
  const ended = runCommand(["tail", path], {
    clock,
    interrupted: () => new Promise((resolve) => interrupt = resolve),
  });
  await asleep;
  interrupt();
  assertEquals((await ended).exitCode, 0);
  await store.close();
});

Deno.test("tail refuses a number of lines that is none", async () => {
  for (const lines of ["ten", "-1", "1.5", "1e3"]) {
    const { exitCode, errors } = await runCommand([
      "tail",
      log,
      `--lines=${lines}`,
    ]);
    assertEquals(exitCode, 2);
    assertStringIncludes(errors, "Cannot use --lines");
  }
});

Deno.test("tail refuses a type that no event has", async () => {
  const asked = async (type: string) => {
    const args = ["tail", log, "--once", "--type", type];
    const { exitCode, errors } = await runCommand(args);
    return [exitCode, errors];
  };
  assertEquals(await asked("experiment.veiwed"), [
    2,
    "Cannot use --type: there is no such type of event, did you mean experiment.viewed?\n",
  ]);
  const [exitCode, errors] = await asked("z");
  assertEquals(exitCode, 2);
  assertStringIncludes(`${errors}`, "it is one of experiment.viewed, ");
});

function sleeper() {
  let wake: () => void = () => {};
  let fallAsleep: () => void = () => {};
  const asleep = new Promise<void>((resolve) => fallAsleep = resolve);
  const clock = {
    now: () => 0,
    setTimer: (callback: () => void) => {
      wake = callback;
      fallAsleep();
      return () => {};
    },
  };
  return { clock, asleep, wake: () => wake() };
}

function event(id: string) {
  return {
    id,
    time: 0,
    type: "custom",
    version: 1,
    data: { name: "\u001b[2J", properties: {} },
  };
}

for (const name of ["report", "replay", "verify", "tail"]) {
  Deno.test(`${name} prints help, and refuses what it doesn't know`, async () => {
    const help = await runCommand([name, "--help"]);
    assertEquals([help.exitCode, help.errors], [0, ""]);
    assertStringIncludes(help.output, `growthstream ${name} LOG`);
    const wrong = await runCommand([name, log, "--secret=hunter2"]);
    assertEquals(wrong.exitCode, 2);
    assert(!wrong.errors.includes("hunter2"));
    assertEquals((await runCommand([name])).exitCode, 2);
    assertEquals((await runCommand([name, log, log, log])).exitCode, 2);
  });
}

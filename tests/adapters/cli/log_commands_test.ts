import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runReplay } from "../../../adapters/cli/commands/run_replay.ts";
import { runReport } from "../../../adapters/cli/commands/run_report.ts";
import { runTail } from "../../../adapters/cli/commands/run_tail.ts";
import { runVerify } from "../../../adapters/cli/commands/run_verify.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { decideFeature, type JsonObject, payloadDigest } from "../../../mod.ts";
import { experimentViewedData } from "../../../core/events/mod.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

const features = {
  cta: {
    rules: [{ id: "r1", key: "cta-test", variations: ["Buy", "Order"] }],
  },
};
const payload = { features };
const log = await writeLog();

Deno.test("runReport() tells of experiments, features and consumers", async () => {
  const { exitCode, output } = await runReport([log], null);
  assertEquals(exitCode, 0);
  assertStringIncludes(output, "experiment cta-test");
  assertStringIncludes(output, "verdict  healthy");
  assertStringIncludes(output, 'cta      "Buy"');
  assertStringIncludes(output, "sink      101         101");
});

Deno.test("runReport() gives the same as JSON", async () => {
  const { output } = await runReport([log, "--json"], null);
  const { events, experiments, features, consumers } = JSON.parse(output);
  assertEquals(events, 202);
  assertEquals(experiments.length, 1);
  assertEquals(experiments[0].verdict, "healthy");
  assertEquals(
    experiments[0].exposures[0] + experiments[0].exposures[1],
    200,
  );
  assertEquals(features[0].count, 7);
  assertEquals(consumers, [{ name: "sink", checkpoint: 101, waiting: 101 }]);
});

Deno.test("runReport() says what is wrong with a log that it can't read", async () => {
  const missing = `${temporaryFolder()}/none.db`;
  assertEquals(await runReport([missing], null), {
    exitCode: 2,
    output: "",
    errors: "Cannot read the log: the file can't be opened\n",
  });
  const other = `${temporaryFolder()}/other.db`;
  Deno.writeTextFileSync(other, "no log ".repeat(200));
  const { errors } = await runReport([other], null);
  assertEquals(
    errors,
    "Cannot read the log: the file is damaged, or no event log\n",
  );
});

Deno.test("runReport() does not write its demo over a log", async () => {
  const before = Deno.readFileSync(log);
  const { exitCode, errors } = await runReport([log, "--demo"], null);
  assertEquals(exitCode, 2);
  assertStringIncludes(errors, "there are events in that file already");
  assertEquals(Deno.readFileSync(log), before);
});

Deno.test("runReplay() tells why a user saw a variation", () => {
  const { exitCode, output } = runReplay([
    log,
    "--feature",
    "cta",
    "--user",
    "7",
  ]);
  assertEquals(exitCode, 0);
  const { key } = decideFeature(
    { ...payload, attributes: { id: "7" } },
    "cta",
  ).result.experimentResult!;
  assertStringIncludes(output, `(${key}) of cta-test, by the hash`);
  assertStringIncludes(output, "again    the same");
  assertStringIncludes(output, "rule r1 (experiment cta-test) applied");
});

Deno.test("runReplay() goes back to a position or a time", () => {
  const args = [log, "--feature", "cta", "--user", "7", "--at"];
  assertEquals(runReplay([...args, "8"]).exitCode, 2);
  assertEquals(runReplay([...args, "9"]).exitCode, 0);
  assertEquals(runReplay([...args, "1970-01-01T00:00:00.006Z"]).exitCode, 2);
  assertEquals(runReplay([...args, "1970-01-01T00:00:00.007Z"]).exitCode, 0);
  assertStringIncludes(
    runReplay([...args, "noon"]).errors,
    "neither a position nor a time",
  );
});

Deno.test("runVerify() finds that recorded decisions come out the same", async () => {
  const { output } = await runVerify([log, "--json"], readNothing);
  const [{ users, same, unverifiable }] = JSON.parse(output);
  assertEquals({ users, same, unverifiable }, {
    users: 200,
    same: 200,
    unverifiable: 0,
  });
});

Deno.test("runVerify() tells who another payload would move", async () => {
  const [rule] = features.cta.rules;
  const next = { features: { cta: { rules: [{ ...rule, weights: [0, 1] }] } } };
  const { output } = await runVerify(
    [log, "--payload", "next.json"],
    () => Promise.resolve(JSON.stringify(next)),
  );
  assertStringIncludes(output, "would change");
  assertStringIncludes(output, "0 -> 1: ");
  assert(!output.includes("1 -> 0"));
});

Deno.test("runVerify() refuses a payload that it can't use", async () => {
  const { exitCode, errors } = await runVerify(
    [log, "--payload", "next.json"],
    () => Promise.resolve("{}"),
  );
  assertEquals(exitCode, 2);
  assertStringIncludes(errors, "Cannot use the payload");
});

Deno.test("runTail() prints the last events, then each new one", async () => {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const event = (id: string) => ({
    id,
    time: 0,
    type: "custom",
    version: 1,
    data: { name: "\u001b[2J", properties: {} },
  });
  await store.append([event("a"), event("b"), event("c")]);
  const lines: string[] = [];
  let wake: () => void = () => {};
  const waiting: (() => void)[] = [];
  const clock = {
    setTimer: (callback: () => void) => {
      wake = callback;
      waiting.shift()?.();
      return () => {};
    },
  };
  const asleep = new Promise<void>((resolve) => waiting.push(resolve));
  const ended = runTail([path, "--lines", "2"], {
    print: (text) => lines.push(text) < 3,
    complain: () => {},
    clock,
  });
  await asleep;
  assertEquals(lines.map((line) => JSON.parse(line).id), ["b", "c"]);
  await store.append([event("d")]);
  wake();
  assertEquals(await ended, 0);
  assertEquals(JSON.parse(lines[2]!).id, "d");
  assert(!lines.join("").includes("\u001b"));
  await store.close();
});

for (
  const [name, run] of [
    ["report", (args: readonly string[]) => runReport(args, null)],
    ["replay", (args: readonly string[]) => Promise.resolve(runReplay(args))],
    ["verify", (args: readonly string[]) => runVerify(args, readNothing)],
  ] as const
) {
  Deno.test(`${name} prints help, and refuses what it doesn't know`, async () => {
    const help = await run(["--help"]);
    assertEquals([help.exitCode, help.errors], [0, ""]);
    assertStringIncludes(help.output, `deno task ${name} FILE.db`);
    assertEquals((await run([log, "--secret=hunter2"])).exitCode, 2);
    assert(!(await run([log, "--secret=hunter2"])).errors.includes("hunter2"));
    assertEquals((await run([])).exitCode, 2);
    assertEquals((await run([log, log])).exitCode, 2);
  });
}

function readNothing(): Promise<string> {
  return Promise.reject(new Error("nothing is to be read"));
}

async function writeLog(): Promise<string> {
  const path = `${temporaryFolder()}/log.db`;
  const store = sqliteStore(path);
  const digest = payloadDigest(payload);
  const make = (time: number, type: string, data: object) => ({
    id: `${type}-${time}`,
    time,
    type,
    version: 1,
    data: data as JsonObject,
  });
  await store.append([
    make(0, "payload.loaded", {
      digest,
      dateUpdated: null,
      changed: ["cta"],
      issues: [],
      payload,
    }),
    ...Array.from({ length: 200 }, (_, index) => {
      const attributes = { id: `${index}` };
      const { events } = decideFeature({ ...payload, attributes }, "cta");
      const [exposure] = events;
      assert(exposure?.type === "experiment.viewed");
      const origin = {
        askedFeatureId: "cta",
        ruleId: "r1",
        payloadDigest: digest,
      };
      return make(
        index,
        "experiment.viewed",
        experimentViewedData(exposure, origin),
      );
    }),
    make(201, "feature.evaluated", {
      featureKey: "cta",
      value: "Buy",
      source: "experiment",
      ruleId: "r1",
      count: 7,
    }),
  ]);
  await store.commit("sink", 0, 101);
  await store.close();
  return path;
}

import { makeStarter } from "../../../adapters/cli/init/starters.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { bundle } from "../../runtimes/bundle.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import {
  buildCommand,
  type CommandRuntime,
  runBuilt,
  startBuilt,
} from "./built_command.ts";
import { logPayload, writeLog } from "./write_log.ts";

const root = new URL("../../../", import.meta.url);
const runtimes = await buildCommand();
const evil = "\x1b[2J\u202e";

/** Whether a runtime has SQLite. */
async function hasSqlite({ name }: CommandRuntime): Promise<boolean> {
  if (name !== "node on the path") return true;
  const { stdout } = await new Deno.Command("node", {
    args: ["-p", "process.getBuiltinModule?.('node:sqlite') !== undefined"],
  }).output();
  return new TextDecoder().decode(stdout).trim() === "true";
}

async function makeFolder(): Promise<string> {
  const folder = temporaryFolder();
  const write = (name: string, value: unknown) =>
    Deno.writeTextFile(`${folder}/${name}`, JSON.stringify(value));
  await write("good.json", logPayload);
  await write("bad.json", {
    features: { a: { rules: [{ variations: [1, 2], weights: [1] }] } },
  });
  await write("evil.json", {
    features: { [evil]: { defaultValue: evil, rules: [{ id: evil }] } },
  });
  await Deno.mkdir(`${folder}/folder`);
  await writeLog(`${folder}/log.db`);
  return folder;
}

/** A port that nothing listens at. */
function freePort(): number {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  listener.close();
  return listener.addr.port;
}

const cases: readonly (readonly [
  code: number,
  args: readonly string[],
  shown: RegExp,
  input?: string,
])[] = [
  [2, [], /^GrowthBook feature flags/],
  [0, ["--version"], /^\d+\.\d+\.\d+\n$/],
  [2, ["eval", "--jsn"], /did you mean --json\?\n$/],
  [0, ["eval"], /^payload {2}the example shop, 27 features\n/],
  [0, ["eval", "-"], /standard input, 1 feature/, '{"a":{"defaultValue":1}}'],
  [0, ["eval", "evil.json", "--explain"], /\\u001b\[2J\\u202e/],
  [2, ["eval", "missing.json"], /^Cannot read missing.json: there is no such/],
  [2, ["eval", "folder"], /^Cannot read folder: it is a directory\n$/],
  [2, ["eval", "/dev/zero"], /it has more than 67,108,864 bytes\n$/],
  [2, ["eval", `http://127.0.0.1:${freePort()}/`], /refuses the connection\n$/],
  [1, ["lint", "bad.json"], /^error at \/features\/a\/rules\/0\/weights\n/],
  [1, ["lint", "-"], /^error at \/\n/, "\ufeff[]"],
  [0, ["types", "good.json"], /readonly cta: string;/],
  [1, ["types", "good.json", "--check", "no.ts"], /^no.ts is not there/],
];

const logCases: readonly (readonly [number, readonly string[], RegExp])[] = [
  [0, ["report", "log.db"], /verdict {2}healthy/],
  [0, ["replay", "log.db", "--feature", "cta", "--user", "7"], /the same/],
  [0, ["verify", "log.db"], /not verifiable {2}0 \(0\.00 %\)/],
  [0, ["tail", "log.db", "--once", "--lines", "1"], /"feature.evaluated"/],
  [0, ["lint", "good.json", "--log", "log.db"], /note: the log covers 0 days/],
  [2, ["report", "missing.db"], /^Cannot read the log: there is no file/],
  [2, ["report", "good.json"], /^Cannot read the log: /],
];

for (const runtime of runtimes) {
  const { name } = runtime;

  Deno.test(`the command does the same on ${name}`, async () => {
    const cwd = await makeFolder();
    const canRead = await hasSqlite(runtime);
    for (const [code, args, shown, input] of cases) {
      const run = await runBuilt(runtime, args, { cwd, input: input ?? "" });
      assertMatch(run.output + run.errors, shown);
      assertEquals([args, run.code], [args, code]);
      assert(!/[^\P{C}\n]/u.test(run.output + run.errors), args.join(" "));
    }
    for (const [code, args, shown] of logCases) {
      const run = await runBuilt(runtime, args, { cwd });
      if (canRead) {
        assertMatch(run.output + run.errors, shown);
        assertEquals([args, run.code], [args, code]);
      } else if (code !== 2) {
        assertEquals([args, run.code], [args, 2]);
        assertMatch(run.errors, /^Cannot read the log: .*Node 22\.13/);
      }
    }
  });

  Deno.test(`the command minds no reader that leaves early on ${name}`, async () => {
    const cwd = await makeFolder();
    const child = startBuilt(runtime, ["eval", "--explain", "--json"], cwd);
    await child.stdin.close();
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    const errors = await new Response(child.stderr).text();
    assertEquals(errors, "");
    assertEquals((await child.status).code, 0);
  });

  Deno.test(`the command fails where its output can't be written on ${name}`, async () => {
    const cwd = await makeFolder();
    for (
      const args of [["eval"], ["types", "good.json"], ["--help"], [
        "--version",
      ]]
    ) {
      const { code, stderr } = await new Deno.Command("sh", {
        args: ["-c", '"$@" > /dev/full', "sh", ...runtime.command, ...args],
        cwd,
      }).output();
      const errors = new TextDecoder().decode(stderr);
      assertMatch(errors, /^Cannot run .+: the output can't be written: .+\n$/);
      assertEquals([args, code], [args, 2]);
    }
  });

  Deno.test(`serve serves, pushes what is saved, minds the Host and stops on ${name}`, async () => {
    const cwd = await makeFolder();
    const child = startBuilt(
      runtime,
      ["serve", "good.json", "--port", "0"],
      cwd,
    );
    await child.stdin.close();
    const said = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const url =
      /http:\/\/127\.0\.0\.1:\d+/.exec((await said.read()).value!)![0];
    const answer = await fetch(`${url}/api/features/sdk-1`);
    assertEquals((await answer.json()).features, logPayload.features);
    // What `fetch` would refuse to say.
    const forbidden = await new Deno.Command("curl", {
      args: [
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        "-H",
        "Host: evil.example",
        url,
      ],
    }).output();
    assertEquals(new TextDecoder().decode(forbidden.stdout), "403");
    const stream = await fetch(`${url}/sub/sdk-1`);
    const events = stream.body!.pipeThrough(new TextDecoderStream())
      .getReader();
    assertEquals((await events.read()).value, "retry: 10000\n\n");
    await Deno.writeTextFile(
      `${cwd}/next`,
      '{"features":{"b":{"defaultValue":2}}}',
    );
    await Deno.rename(`${cwd}/next`, `${cwd}/good.json`);
    assertStringIncludes(
      (await events.read()).value!,
      '"b":{"defaultValue":2}',
    );
    child.kill("SIGINT");
    let rest = "";
    for (let next = await said.read(); !next.done; next = await said.read()) {
      rest += next.value;
    }
    assertStringIncludes(rest, "Stopped");
    assertEquals((await events.read()).done, true);
    assertEquals(await new Response(child.stderr).text(), "");
    assertEquals((await child.status).code, 0);
  });

  Deno.test(`tail follows, and stops when it is interrupted on ${name}`, async () => {
    if (!await hasSqlite(runtime)) return;
    const cwd = await makeFolder();
    const child = startBuilt(runtime, ["tail", "log.db"], cwd);
    await child.stdin.close();
    const said = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    assertStringIncludes((await said.read()).value!, "experiment.viewed");
    child.kill("SIGTERM");
    for (let next = await said.read(); !next.done;) next = await said.read();
    assertEquals(await new Response(child.stderr).text(), "");
    assertEquals((await child.status).code, 0);
  });

  Deno.test(`init writes a starter that runs on ${name}, and overwrites nothing`, async () => {
    const cwd = temporaryFolder();
    const kind = name.split(" ")[0]!;
    const first = await runBuilt(runtime, ["init"], { cwd });
    assertEquals([first.code, first.errors], [0, ""]);
    assertStringIncludes(first.output, `The starter is for ${kind}.`);
    const program = kind === "node" ? "flags.mjs" : "flags.ts";
    await Deno.writeTextFile(`${cwd}/flags.json`, "mine");
    const second = await runBuilt(runtime, ["init"], { cwd });
    assertEquals(second.code, 1);
    assertEquals(await Deno.readTextFile(`${cwd}/flags.json`), "mine");
    await Deno.remove(`${cwd}/flags.json`);
    assertEquals((await runBuilt(runtime, ["init"], { cwd })).code, 1);
    await runStarter(runtime, cwd, program);
  });
}

/** Installs a stand-in of the package, built from the sources, and runs a starter. */
async function runStarter(
  { command: [program] }: CommandRuntime,
  cwd: string,
  file: string,
): Promise<void> {
  const folder = `${cwd}/node_modules/@growthstream/sdk`;
  await bundle(
    new URL("adapters/client/mod.ts", root),
    `${folder}/client.mjs`,
  );
  await Deno.writeTextFile(
    `${folder}/package.json`,
    JSON.stringify({
      name: "@growthstream/sdk",
      version: "0.1.0",
      exports: { "./client": "./client.mjs" },
    }),
  );
  const isDeno = program === Deno.execPath();
  if (isDeno) {
    await Deno.writeTextFile(
      `${cwd}/deno.json`,
      JSON.stringify({
        imports: {
          "@growthstream/sdk/client":
            "./node_modules/@growthstream/sdk/client.mjs",
        },
      }),
    );
  }
  const args = isDeno
    ? ["run", "--quiet", "--no-prompt", "--allow-read", file]
    : [file];
  const { code, stdout, stderr } = await new Deno.Command(program!, {
    args,
    cwd,
  }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  assertMatch(
    new TextDecoder().decode(stdout),
    /new-checkout: true\norder-button: (Buy|Order)\nexposure: order-button, variation (control|order)\n/,
  );
}

Deno.test("init writes a starter for pages that Vite builds", async () => {
  const [deno] = runtimes;
  const cwd = temporaryFolder();
  await Deno.writeTextFile(`${cwd}/package.json`, "{}");
  await Deno.writeTextFile(`${cwd}/vite.config.ts`, "");
  const { code, output } = await runBuilt(deno!, ["init"], { cwd });
  assertEquals(code, 0);
  assertStringIncludes(output, "The starter is for vite.");
  const entry = `${cwd}/page.ts`;
  const text = await Deno.readTextFile(`${cwd}/flags.ts`);
  await Deno.writeTextFile(
    entry,
    text.replace(
      "@growthstream/sdk/client",
      new URL("adapters/client/mod.ts", root).pathname,
    ).replace('"@growthstream/sdk"', `"${new URL("mod.ts", root).pathname}"`),
  );
  const bundled = `${cwd}/page.mjs`;
  await bundle(new URL(`file://${entry}`), bundled, "browser");
  const child = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `await import(${JSON.stringify(bundled)}); Deno.exit(0)`],
    cwd,
  }).output();
  assertMatch(
    new TextDecoder().decode(child.stdout),
    /new-checkout: true\norder-button: (Buy|Order)\n/,
  );
});

Deno.test("the starter for Vite compiles with any payload in its place", async () => {
  const payload = {
    features: {
      "new-checkout": { defaultValue: false },
      "order-button": {
        rules: [{
          variations: ["Buy", "Order"],
          namespace: ["checkout", 0, 0.5],
          ranges: [[0, 0.5], [0.5, 1]],
          filters: [{ seed: "s", ranges: [[0, 1]], hashVersion: 2 }],
        }],
      },
    },
  };
  // In the repository, where the compiler knows its packages.
  const cwd = await Deno.makeTempDir({ dir: import.meta.dirname! });
  try {
    const { "flags.ts": code = "" } = makeStarter("vite").files;
    const program = code
      .replace('.json";', '.json" with { type: "json" };')
      .replace("export const", "const"); // for isolated declarations
    await Deno.writeTextFile(`${cwd}/flags.ts`, program);
    await Deno.writeTextFile(`${cwd}/flags.json`, JSON.stringify(payload));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", `${cwd}/flags.ts`],
    }).output();
    assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCommand } from "../cli/run_command.ts";
import { temporaryPayload } from "./temporary_payload.ts";

const command =
  new URL("../../../adapters/cli/bin.ts", import.meta.url).pathname;

function start(...args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-read",
      "--allow-net",
      command,
      "serve",
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("serve says where it serves, and stops in good order when it is interrupted", async () => {
  await using file = await temporaryPayload({
    features: { dark: { defaultValue: true } },
  });
  const child = start(file.path, "--port", "0");
  let output = "";
  let answer: unknown = null;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (url === undefined || answer !== null) continue;
    const response = await fetch(`${url}/api/features/sdk-1`);
    answer = (await response.json()).features;
    const stream = await fetch(`${url}/sub/sdk-1`);
    child.kill("SIGINT");
    assertEquals(await stream.text(), "retry: 10000\n\n");
  }
  const { code } = await child.status;
  assertEquals(await new Response(child.stderr).text(), "");
  assertEquals(code, 0);
  assertEquals(answer, { dark: { defaultValue: true } });
  assertStringIncludes(output, "Stopped");
});

Deno.test("serve forces what it is told to, by its arguments and by a file", async () => {
  await using file = await temporaryPayload({
    features: { dark: { defaultValue: true }, size: { defaultValue: 1 } },
  });
  await using mine = await temporaryPayload({ size: 2, title: "Mine" });
  const child = start(
    ...[file.path, "--port", "0", "--overrides", mine.path],
    ...["--force", "dark=false", "--force", "title=Hello = you"],
  );
  let output = "";
  let values: unknown = null;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
    if (url === undefined || values !== null) continue;
    const path = "/ofrep/v1/evaluate/flags";
    const response = await fetch(url + path, { method: "POST" });
    const { flags } = await response.json();
    values = flags.map((
      { key, value }: { readonly key: string; readonly value: unknown },
    ) => [key, value]);
    child.kill("SIGINT");
  }
  assertEquals(await new Response(child.stderr).text(), "");
  assertEquals((await child.status).code, 0);
  assertEquals(values, [["dark", false], ["size", 2], [
    "title",
    "Hello = you",
  ]]);
});

Deno.test("serve says in one line why it can't start", async () => {
  const { code, stderr } = await start("missing.json").output();
  assertEquals(code, 2);
  assertEquals(
    new TextDecoder().decode(stderr),
    "Cannot read missing.json: there is no such file\n",
  );
});

Deno.test("serve refuses what it can't use, and repeats no value", async () => {
  const wrong = [
    "",
    "a.json b.json",
    "a.json --port canary",
    "a.json --port 65536",
    "a.json --port",
    "a.json --key --port 1",
    "a.json --unknown canary",
    "a.json --remote-eval=canary",
    "a.json --force canary",
    "a.json --force =canary",
    "a.json --force",
    "a.json --remote-eval --encrypt canary",
  ];
  for (const line of wrong) {
    const args = line.split(" ").filter((word) => word !== "");
    const { exitCode, errors } = await runCommand(["serve", ...args]);
    assertEquals(exitCode, 2, line);
    assertEquals(errors.includes("canary"), false);
    assertEquals(errors.startsWith("Cannot "), true);
  }
});

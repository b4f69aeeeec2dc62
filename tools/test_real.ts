/**
 * Runs the tests against the packages of JSR: with a copy of deno.json that has
 * no `links`, and without the lock file, which knows the stand-ins. Files and
 * flags are handed on to `deno test`.
 */
const CONFIG = "deno.real.json";

const { links: _, ...config } = JSON.parse(
  await Deno.readTextFile("deno.json"),
);
await Deno.writeTextFile(CONFIG, JSON.stringify(config));
try {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "--doc",
      "--allow-all",
      "--no-lock",
      `--config=${CONFIG}`,
      ...Deno.args,
    ],
  }).spawn().status;
  Deno.exitCode = code;
} finally {
  await Deno.remove(CONFIG);
}

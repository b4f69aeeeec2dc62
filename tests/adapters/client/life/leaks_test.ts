import { assertEquals } from "@std/assert";

const measured = new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--no-check",
    "--v8-flags=--expose-gc",
    new URL("leaks.ts", import.meta.url).href,
  ],
  stdout: "piped",
  stderr: "inherit",
});

// A byte a view, or a hundred a client, would be a million: what stays is less than that by far.
const tolerance = 1_000_000;

Deno.test("10,000 clients opened and closed, and a million views, leave the heap flat", async () => {
  const { stdout, success } = await measured.output();
  assertEquals(success, true);
  const report: Record<string, number> = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  const grown = Object.entries(report).filter(([, bytes]) => bytes > tolerance);
  assertEquals(grown, []);
  assertEquals(Object.keys(report).length, 4);
});

import { assert, assertEquals } from "@std/assert";
import { runDeno } from "../../../tools/gate/run_deno.ts";

const evaluate = (code: string) => ["eval", "--quiet", code];

Deno.test("runDeno() gives what a run printed, with its errors, and whether it went well", async () => {
  const code = "console.log(Deno.env.get('A')); console.error('b');";
  assertEquals(
    await runDeno(evaluate(code), { A: "a" }),
    { output: "a\nb\n", success: true },
  );
  const { success } = await runDeno(evaluate("Deno.exit(3)"));
  assertEquals(success, false);
});

Deno.test("runDeno() kills a run that hangs, and gives what it printed", async () => {
  const code = "console.log('here'); setInterval(() => {}, 1000);";
  const { output, success } = await runDeno(evaluate(code), {}, 4000);
  assertEquals(success, false);
  assert(output.startsWith("here\n"));
  assert(output.includes("Killed, as it took 4 s."));
});

Deno.test("runDeno() does not wait for a program that a run left", async () => {
  const left = "setTimeout(() => {}, 40_000)";
  const code = `
    new Deno.Command(Deno.execPath(), { args: ["eval", ${
    JSON.stringify(left)
  }] }).spawn().unref();
    console.log("here");
    Deno.exit();
  `;
  const tool = import.meta.resolve("../../../tools/gate/run_deno.ts");
  const outer = `
    const { runDeno } = await import(${JSON.stringify(tool)});
    const args = ["eval", ${JSON.stringify(code)}];
    const { output } = await runDeno(args);
    console.log(output);
  `;
  // Were the output of that program still read, this run would be killed before its end.
  const { output, success } = await runDeno(evaluate(outer), {}, 30_000);
  assertEquals({ output, success }, { output: "here\n\n", success: true });
});

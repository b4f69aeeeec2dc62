/**
 * Follows an event log: `deno task tail --help`.
 *
 * @module
 */
import { printText } from "../text/print_text.ts";
import { runTail } from "./run_tail.ts";

Deno.exitCode = await runTail(Deno.args, {
  print: (text) => printText(Deno.stdout, text),
  complain: (text) => printText(Deno.stderr, text),
});

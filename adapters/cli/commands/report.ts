/**
 * Tells what is in an event log: `deno task report --help`.
 *
 * @module
 */
import { printText } from "../text/print_text.ts";
import { runReport } from "./run_report.ts";
import { terminalWidth } from "../text/terminal_width.ts";

const { exitCode, output, errors } = await runReport(
  Deno.args,
  terminalWidth(),
);
printText(Deno.stderr, errors);
printText(Deno.stdout, output);
Deno.exitCode = exitCode;

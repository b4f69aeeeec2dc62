/**
 * Makes the decisions in an event log again: `deno task verify --help`.
 *
 * @module
 */
import { printText } from "../text/print_text.ts";
import { runVerify } from "./run_verify.ts";

const { exitCode, output, errors } = await runVerify(
  Deno.args,
  (path) => Deno.readTextFile(path),
);
printText(Deno.stderr, errors);
printText(Deno.stdout, output);
Deno.exitCode = exitCode;

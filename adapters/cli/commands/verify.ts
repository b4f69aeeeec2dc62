/**
 * Makes the decisions in an event log again: `deno task verify --help`.
 *
 * @module
 */
import { printText } from "../text/print_text.ts";
import { readTextFile } from "../payload/read_text_file.ts";
import { runVerify } from "./run_verify.ts";

const { exitCode, output, errors } = await runVerify(
  Deno.args,
  (path) => readTextFile(path),
);
printText(Deno.stderr, errors);
printText(Deno.stdout, output);
Deno.exitCode = exitCode;

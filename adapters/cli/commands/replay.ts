/**
 * Tells from an event log why a user saw what they saw: `deno task replay --help`.
 *
 * @module
 */
import { printText } from "../text/print_text.ts";
import { runReplay } from "./run_replay.ts";

const { exitCode, output, errors } = runReplay(Deno.args);
printText(Deno.stderr, errors);
printText(Deno.stdout, output);
Deno.exitCode = exitCode;

/**
 * Evaluates the features of a payload on the command line, and tells why each has its value:
 * `deno task eval --help`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { readTextFile } from "../payload/read_text_file.ts";
import type { CommandHost } from "./command.ts";
import { printText } from "../text/print_text.ts";
import { runEval } from "./run_eval.ts";
import { terminalWidth } from "../text/terminal_width.ts";

const host: CommandHost = { readPayload, width: terminalWidth() };

const { exitCode, output, errors } = await runEval(Deno.args, host);
printText(Deno.stderr, errors);
printText(Deno.stdout, output);
Deno.exitCode = exitCode;

async function readPayload(path: string | null): Promise<string> {
  if (path === "-") return await new Response(Deno.stdin.readable).text();
  const example = new URL("../../../examples/shop.json", import.meta.url);
  return await readTextFile(path ?? fileURLToPath(example));
}

/**
 * Evaluates the features of a payload on the command line, and tells why each has its value:
 * `deno task eval --help`.
 *
 * @module
 */
import type { CommandHost } from "./command.ts";
import { runEval } from "./run_eval.ts";

const host: CommandHost = { readPayload, width: terminalWidth() };

const { exitCode, output, errors } = await runEval(Deno.args, host);
write(Deno.stderr, errors);
write(Deno.stdout, output);
Deno.exitCode = exitCode;

async function readPayload(path: string | null): Promise<string> {
  if (path === "-") return await new Response(Deno.stdin.readable).text();
  const example = new URL("../../examples/shop.json", import.meta.url);
  return await Deno.readTextFile(path ?? example);
}

// A terminal that doesn't know its size says 0.
function terminalWidth(): number | null {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns || null : null;
}

function write(stream: typeof Deno.stdout, text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let start = 0; start < bytes.length;) {
      start += stream.writeSync(bytes.subarray(start));
    }
  } catch (error) {
    // Who reads no further, such as `head`, has seen enough.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

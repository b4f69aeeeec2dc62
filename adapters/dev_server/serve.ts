/**
 * A small server that speaks GrowthBook's SDK API over a payload file: `deno task serve --help`.
 *
 * @module
 */
import { escapeText } from "../cli/text/escape_text.ts";
import { readServeArguments } from "./serve_arguments.ts";
import { serveHelp } from "./serve_help.ts";
import { type ServerOptions, startServer } from "./start_server.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

const parsed = readServeArguments(Deno.args);
if (parsed.kind === "serve") await serve(parsed.options);
else if (parsed.kind === "help") console.log(serveHelp.trimEnd());
else refuse(parsed.message);

async function serve(options: ServerOptions): Promise<void> {
  const say = (message: string) => {
    console.log(
      `${new Date().toISOString().slice(11, 19)}  ${escapeText(message)}`,
    );
  };
  try {
    const server = await startServer({ ...options, onMessage: say });
    const kind = options.remoteEval
      ? "remote evaluation"
      : options.encryptionKey === undefined
      ? "definitions"
      : "encrypted definitions";
    say(`Serving ${kind} of ${options.file} at ${server.url}; Ctrl+C stops`);
    await interrupted();
    await server.close();
    say("Stopped");
  } catch (error) {
    refuse(escapeText(error instanceof Error ? error.message : String(error)));
  }
}

/** Resolves when the process is asked to stop; asked again, it stops at once. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) Deno.removeSignalListener(signal, stop);
      resolve();
    };
    for (const signal of signals) Deno.addSignalListener(signal, stop);
  });
}

function refuse(message: string): void {
  console.error(message);
  Deno.exitCode = 2;
}

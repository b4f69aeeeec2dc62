import process from "node:process";
import { readLimitedText, readTextFile } from "../payload/read_text_file.ts";
import { systemClock } from "../../support/time/clock.ts";
import type { CommandHost } from "./command.ts";

/** The runtimes' own globals, where they have one. */
interface Globals {
  readonly Deno?: unknown;
  readonly Bun?: unknown;
}

/** Makes the host of a command: the process that it runs in, on Deno, Node and Bun alike. */
export function createHost(program?: string): CommandHost {
  const { Deno, Bun } = globalThis as Globals;
  const runtime = Deno !== undefined
    ? "deno"
    : Bun !== undefined
    ? "bun"
    : "node";
  const streams = { output: process.stdout, errors: process.stderr };
  for (const stream of Object.values(streams)) {
    // Each write tells of its own errors.
    stream.on("error", () => {});
  }
  return {
    program: program ?? programs[runtime],
    runtime,
    width: process.stdout.isTTY ? process.stdout.columns || null : null,
    print: (text) => write(process.stdout, text),
    complain: async (text) => {
      // There is no place left to tell of it.
      await write(process.stderr, text).catch(() => {});
    },
    readText: async (path) =>
      path === "-"
        ? await readLimitedText(process.stdin)
        : await readTextFile(path),
    variable: readVariable,
    fetch: (url, options) => globalThis.fetch(url, options),
    clock: systemClock,
    interrupted,
  };
}

// Deno may not allow it.
function readVariable(name: string): string | undefined {
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}

const programs = {
  deno: "deno run npm:@growthstream/sdk",
  node: "npx @growthstream/sdk",
  bun: "bunx @growthstream/sdk",
} as const;

async function write(
  stream: NodeJS.WriteStream,
  text: string,
): Promise<boolean> {
  if (text === "") return true;
  try {
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => error ? reject(error) : resolve());
    });
    return true;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    // A reader that leaves early, such as `head`, has seen enough: that is no error. A full disk is.
    if (typeof code === "string" && goneCodes.includes(code)) return false;
    throw new Error(`the output can't be written: ${message}`);
  }
}

/** What a stream says whose reader is gone; `EOF` on Windows. */
const goneCodes: readonly string[] = [
  "EPIPE",
  "EOF",
  "ECONNRESET",
  "ERR_STREAM_DESTROYED",
];

const signals = ["SIGINT", "SIGTERM"] as const;

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}

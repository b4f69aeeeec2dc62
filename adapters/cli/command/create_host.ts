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
    // A reader that leaves early, such as `head`, has seen enough: that is no error.
    stream.on("error", () => {});
  }
  return {
    program: program ?? programs[runtime],
    runtime,
    width: process.stdout.isTTY ? process.stdout.columns || null : null,
    print: (text) => write(process.stdout, text),
    complain: async (text) => void await write(process.stderr, text),
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

function write(stream: NodeJS.WriteStream, text: string): Promise<boolean> {
  if (text === "") return Promise.resolve(true);
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(!error));
  });
}

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

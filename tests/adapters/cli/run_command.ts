import { main } from "../../../adapters/cli/mod.ts";
import type { CommandHost } from "../../../adapters/cli/command/command.ts";

/** What a command came to. */
export interface CommandRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command in this process, on a host that only keeps what is printed. */
export async function runCommand(
  args: readonly string[],
  host: Partial<CommandHost> = {},
): Promise<CommandRun> {
  let output = "";
  let errors = "";
  const exitCode = await main(args, {
    program: "growthstream",
    runtime: "deno",
    width: null,
    print: (text) => {
      output += text;
      return Promise.resolve(true);
    },
    complain: (text) => {
      errors += text;
      return Promise.resolve();
    },
    readText: (path) => Deno.readTextFile(path),
    variable: () => undefined,
    fetch: () => Promise.reject(new Error("nothing is to be fetched")),
    clock: { now: () => Date.UTC(2026, 0, 1), setTimer: () => () => {} },
    interrupted: () => new Promise(() => {}),
    ...host,
  });
  return { exitCode, output, errors };
}

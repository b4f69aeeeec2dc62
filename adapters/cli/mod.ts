/**
 * The command `growthstream`: evaluates, checks and serves payloads, and asks event logs.
 *
 * @module
 */
import { showValue } from "../../core/payload/read/show_value.ts";
import {
  type CommandHost,
  type ExitCode,
  exitCodes,
} from "./command/command.ts";
import { createHost } from "./command/create_host.ts";
import { formatHelp, formatOverview } from "./command/format_help.ts";
import { readArguments } from "./command/read_arguments.ts";
import { suggest } from "./command/suggest.ts";
import { commands } from "./commands/mod.ts";
import { describeName } from "./text/describe_value.ts";

export type { Clock } from "../support/time/clock.ts";
export type { CommandHost, ExitCode } from "./command/command.ts";

/** The version of the package. */
const version = "0.1.0";

/**
 * Runs the command with its arguments (those after the program's name, as `process.argv.slice(2)`
 * gives them), and gives its exit code: 0 where nothing is wrong, 1 where a check failed, 2 where it
 * could not be run; standard error then says why in a line. Never rejects.
 *
 * @example
 * ```ts
 * import { main } from "@growthstream/sdk/cli";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await main(["eval", "--feature", "dark-mode"]), 0);
 * ```
 */
export async function main(
  args: readonly string[],
  host: CommandHost = createHost(),
): Promise<ExitCode> {
  if (!Array.isArray(args) || args.some((arg) => typeof arg !== "string")) {
    await host.complain(
      `Cannot run: args should be a list of texts, the current value is ${
        showValue(args)
      }\n`,
    );
    return exitCodes.unusable;
  }
  try {
    return await start(args, host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const name = describeName((args[0] ?? "").slice(0, 40));
    // What is read and written recurses; only nesting makes that too much.
    const told = /call stack|too much recursion/i.test(message)
      ? "a value nests too deep"
      : describeName(message);
    await host.complain(`Cannot run ${name}: ${told}\n`);
    return exitCodes.unusable;
  }
}

async function start(
  args: readonly string[],
  host: CommandHost,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    await host.complain(formatOverview(commands, host));
    return exitCodes.unusable;
  }
  if (name === "--version" || name === "-V") {
    await host.print(`${version}\n`);
    return exitCodes.ok;
  }
  const asked = ["--help", "-h", "help"].includes(name) ? rest[0] : undefined;
  if (asked === undefined && ["--help", "-h", "help"].includes(name)) {
    await host.print(formatOverview(commands, host));
    return exitCodes.ok;
  }
  return asked === undefined
    ? await run(name, rest, host)
    : await run(asked, ["--help"], host);
}

async function run(
  name: string,
  args: readonly string[],
  host: CommandHost,
): Promise<ExitCode> {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    const near = suggest(name, commands.map(({ name }) => name));
    const shown = describeName(name.slice(0, 40));
    const hint = near === null
      ? `see ${host.program} --help`
      : `did you mean ${near}?`;
    await host.complain(
      `Cannot run "${shown}": there is no such command, ${hint}\n`,
    );
    return exitCodes.unusable;
  }
  const read = readArguments(command, args);
  if (read.kind === "help") {
    await host.print(formatHelp(command, host));
    return exitCodes.ok;
  }
  if (read.kind === "invalid") {
    await host.complain(`${read.message}\n`);
    return exitCodes.unusable;
  }
  return await command.run(read.given, host);
}

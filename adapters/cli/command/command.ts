import type { Clock } from "../../support/time/clock.ts";

/** An exit code of the command. */
export type ExitCode = 0 | 1 | 2;

/** What the exit codes of the command mean. */
export const exitCodes: {
  readonly [meaning in "ok" | "finding" | "unusable"]: ExitCode;
} = {
  /** The command did what it was asked to, and found nothing wrong. */
  ok: 0,
  /** The command did what it was asked to, and found something wrong; a check failed. */
  finding: 1,
  /** The command could not do it: the arguments, or what they name, can't be used. */
  unusable: 2,
};

/** What a command needs of the world. */
export interface CommandHost {
  /** How the user calls the command, such as `"npx @growthstream/sdk"`; for help and messages. */
  readonly program: string;
  /** How many columns the terminal has; null where standard output is none. */
  readonly width: number | null;
  /** The runtime that the command runs on. */
  readonly runtime: "deno" | "node" | "bun";
  /** Prints to standard output. Resolves with false once its reader is gone, and rejects where it can't. */
  readonly print: (text: string) => Promise<boolean>;
  /** Prints to standard error. */
  readonly complain: (text: string) => Promise<void>;
  /** Reads a file, or standard input for `-`, as text. Rejects where it can't. */
  readonly readText: (path: string) => Promise<string>;
  /** Reads a variable of the environment; undefined where it is missing, or may not be read. */
  readonly variable: (name: string) => string | undefined;
  /** Fetches the payload of a URL. */
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Tells the time and wakes. */
  readonly clock: Clock;
  /** Resolves when the process is asked to stop. Asked once more, it stops at once. */
  readonly interrupted: () => Promise<void>;
}

/** An argument without a name, such as a file. */
export interface Positional {
  /** What it is, for help. */
  readonly summary: string;
  /** Whether the command also works without it; false by default. */
  readonly isOptional?: boolean;
}

/** The arguments without a name, by the name that help gives them, in order. */
export interface Positionals {
  readonly [name: string]: Positional;
}

/** An option. */
export interface CommandOption {
  /** What its value is called in help; an option without is a switch. */
  readonly value?: string;
  /** Whether it may be given several times; false by default. */
  readonly isRepeatable?: boolean;
  /** What it does, for help. */
  readonly summary: string;
}

/** The options by name, without the two dashes. */
export interface CommandOptions {
  readonly [name: string]: CommandOption;
}

/** The arguments of a call, read: absent texts are null, absent switches false. */
export interface GivenArguments {
  /** The arguments without a name. */
  readonly positionals: { readonly [name: string]: string | null };
  /** The options. */
  readonly options: {
    readonly [name: string]: string | boolean | readonly string[] | null;
  };
}

/** The arguments of a call of one command, typed by what its record says of them. */
export interface TypedArguments<
  Arguments extends Positionals,
  Options extends CommandOptions,
> {
  /** The arguments without a name. */
  readonly positionals: {
    readonly [Name in keyof Arguments]: Arguments[Name] extends
      { readonly isOptional: true } ? string | null : string;
  };
  /** The options. */
  readonly options: {
    readonly [Name in keyof Options]: Options[Name] extends
      { readonly value: string }
      ? Options[Name] extends { readonly isRepeatable: true }
        ? readonly string[]
      : string | null
      : boolean;
  };
}

/** A command: one of the words that follow the program's name. */
export interface Command<
  Arguments extends Positionals = Positionals,
  Options extends CommandOptions = CommandOptions,
  Given = GivenArguments,
> {
  /** Its name. */
  readonly name: string;
  /** What it does, in one line for the list of commands. */
  readonly summary: string;
  /** What it does, in paragraphs for its own help. */
  readonly description: readonly string[];
  /** The arguments without a name, in order. */
  readonly positionals: Arguments;
  /** The options; `--help` is one of every command. */
  readonly options: Options;
  /** What exit code 1 says; absent where the command never ends with it. */
  readonly finding?: string;
  /** What may follow the program's name, as examples. */
  readonly examples: readonly string[];
  /** Runs it. */
  readonly run: (
    given: Given,
    host: CommandHost,
  ) => Promise<ExitCode>;
}

/** Makes a command, whose `run` gets its arguments typed by what it says of them. */
export function defineCommand<
  const Arguments extends Positionals,
  const Options extends CommandOptions,
>(
  command: Command<
    Arguments,
    Options,
    TypedArguments<Arguments, Options>
  >,
): Command {
  return {
    ...command,
    // The arguments are read by the command's own record, so they are what it says.
    run: (given, host) =>
      command.run(
        given as unknown as TypedArguments<Arguments, Options>,
        host,
      ),
  };
}

/** Says on standard error why a command can't be run, and gives the exit code for that. */
export async function refuse(
  host: CommandHost,
  message: string,
): Promise<ExitCode> {
  await host.complain(`${message}\n`);
  return exitCodes.unusable;
}

/** Prints a text, and gives the exit code of a command that found nothing wrong. */
export async function print(
  host: CommandHost,
  text: string,
): Promise<ExitCode> {
  await host.print(text);
  return exitCodes.ok;
}

import { wrapText } from "../text/wrap_text.ts";
import type { Command, CommandOption } from "./command.ts";

/** How wide help is at most. */
const widest = 80;

/** What to write help for, and how. */
export interface HelpOptions {
  /** How the user calls the command. */
  readonly program: string;
  /** How many columns there are; null where that is not known. */
  readonly width: number | null;
}

/** Writes the help of all commands: their names and summaries. */
export function formatOverview(
  commands: readonly Command[],
  { program, width }: HelpOptions,
): string {
  const columns = columnsOf(width);
  return text([
    ...wrapText(
      "GrowthBook feature flags and A/B tests from the command line: evaluate, check and serve payloads, and ask an event log.",
      columns,
    ),
    "",
    `Usage: ${program} COMMAND [arguments]`,
    "",
    "Commands:",
    ...list(commands.map(({ name, summary }) => [name, summary]), columns),
    "",
    ...wrapText(
      `${program} COMMAND --help tells what a command takes; --version prints the version.`,
      columns,
    ),
    "",
    "Exit codes:",
    ...list([
      ["0", "The command found nothing wrong."],
      ["1", "The command found something wrong: a check failed."],
      ["2", "The command could not be run: standard error says why."],
    ], columns),
  ]);
}

/**
 * Writes the help of a command: how it is called, what it does, its arguments and options, its exit
 * codes and examples. It takes 80 columns, or `width` where there are fewer.
 */
export function formatHelp(
  command: Command,
  { program, width }: HelpOptions,
): string {
  const columns = columnsOf(width);
  const { description, positionals, options, finding, examples } = command;
  return text([
    ...wrapText(`Usage: ${program} ${usageOf(command)}`, columns, 7),
    ...description.flatMap((part) => ["", ...wrapText(part, columns)]),
    ...section(
      "Arguments",
      list(
        Object.entries(positionals).map(([name, { summary }]) => [
          name,
          summary,
        ]),
        columns,
      ),
    ),
    ...section(
      "Options",
      list([
        ...Object.entries(options).map(([name, option]) =>
          [describeOption(name, option), summaryOf(option)] as const
        ),
        ["-h, --help", "Prints this text."],
      ], columns),
    ),
    ...section(
      "Exit codes",
      list([
        ["0", finding === undefined ? "Done." : "Done, and nothing is wrong."],
        ...finding === undefined ? [] : [["1", finding] as const],
        ["2", "It could not be done: one line on standard error says why."],
      ], columns),
    ),
    ...section(
      "Examples",
      // They are to be copied, so they are not broken into lines.
      examples.map((example) => `  ${program} ${example}`),
    ),
  ]);
}

/** Writes how a command is called: its name, its arguments, and that there are options. */
function usageOf({ name, positionals }: Command): string {
  const names = Object.entries(positionals)
    .map(([name, { isOptional }]) => isOptional ? `[${name}]` : name);
  return [name, ...names, "[options]"].join(" ");
}

function describeOption(name: string, { value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function summaryOf({ summary, isRepeatable }: CommandOption): string {
  return isRepeatable === true ? `${summary} May be repeated.` : summary;
}

function section(
  title: string,
  lines: readonly string[],
): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines];
}

// Where there is little room, what a name means stands beneath it.
function list(
  entries: readonly (readonly [name: string, meaning: string])[],
  columns: number,
): readonly string[] {
  const widths = entries.map(([name]) => name.length).filter((width) =>
    width <= 18
  );
  const indent = columns < 60 ? 4 : Math.max(0, ...widths) + 4;
  return entries.flatMap(([name, meaning]) => {
    const lines = wrapText(meaning, columns - indent)
      .map((line) => " ".repeat(indent) + line);
    const isShort = name.length + 4 <= indent;
    return isShort
      ? [
        `  ${name.padEnd(indent - 2)}${lines[0]!.trimStart()}`,
        ...lines.slice(1),
      ]
      : [`  ${name}`, ...lines];
  });
}

function columnsOf(width: number | null): number {
  return Math.max(20, Math.min(width ?? widest, widest));
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

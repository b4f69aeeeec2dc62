import type { CommandOutcome } from "./command.ts";

/** What a command comes to that prints a text. */
export function print(output: string): CommandOutcome {
  return { exitCode: 0, output, errors: "" };
}

/** What a command comes to that can't be done, and says why in a line. */
export function refuse(message: string): CommandOutcome {
  return { exitCode: 2, output: "", errors: `${message}\n` };
}

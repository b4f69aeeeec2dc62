/** How many columns the terminal has; null where standard output is none, or it doesn't say. */
export function terminalWidth(): number | null {
  // A terminal that doesn't know its size says 0.
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns || null : null;
}

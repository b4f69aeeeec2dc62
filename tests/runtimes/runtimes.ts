/** The other runtimes that the adapters are for, as npm has them. */
export const runtimes = {
  node: ["--yes", "--package=node@24", "node"],
  bun: ["--yes", "bun@1.4.5"],
} as const;

/** The name of another runtime. */
export type RuntimeName = keyof typeof runtimes;

/**
 * Gives the path of a runtime's own program, which gets signals itself, as `npx` in between would
 * not pass them on.
 */
export async function runtimeProgram(name: RuntimeName): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("npx", {
    args: [...runtimes[name], "-e", "console.log(process.execPath)"],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

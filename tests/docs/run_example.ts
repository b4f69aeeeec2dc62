const folder = new URL(".", import.meta.url);

/**
 * Runs a program in this process, and gives what it printed, a line for each call. It is taken for a
 * file of this folder, and so finds the packages of the project.
 */
export async function runExample(code: string): Promise<readonly string[]> {
  const path = await Deno.makeTempFile({
    dir: folder.pathname,
    prefix: "example_",
    suffix: ".tsx",
  });
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values: readonly unknown[]) => {
    lines.push(
      values.map((value) =>
        typeof value === "string" ? value : Deno.inspect(value)
      ).join(" "),
    );
  };
  try {
    await Deno.writeTextFile(path, code);
    await import(`file://${path}`);
    return lines;
  } finally {
    console.log = log;
    await Deno.remove(path);
  }
}

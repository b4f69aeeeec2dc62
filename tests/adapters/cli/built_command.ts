import { bundle } from "../../runtimes/bundle.ts";
import { runtimeProgram } from "../../runtimes/runtimes.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";

/** A runtime that runs the built command. */
export interface CommandRuntime {
  readonly name: string;
  /** The program and the arguments that come before those of the command. */
  readonly command: readonly string[];
}

/** What a command came to. */
export interface BuiltRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Builds the command into one file, and gives its path. */
export async function buildFile(): Promise<string> {
  const file = `${temporaryFolder()}/bin.mjs`;
  await bundle(
    new URL("../../../adapters/cli/bin.ts", import.meta.url),
    file,
  );
  return file;
}

/** Builds the command into one file, and finds the runtimes that run it. */
export async function buildCommand(): Promise<readonly CommandRuntime[]> {
  const file = await buildFile();
  const [node, bun] = await Promise.all([
    runtimeProgram("node"),
    runtimeProgram("bun"),
  ]);
  return [
    {
      name: "deno",
      command: [Deno.execPath(), "run", "--quiet", "--allow-all", file],
    },
    { name: "node", command: [node, file] },
    // The Node that is on the path, which may be older.
    { name: "node on the path", command: ["node", file] },
    { name: "bun", command: [bun, file] },
  ];
}

/** Starts the command. */
export function startBuilt(
  { command: [program, ...first] }: CommandRuntime,
  args: readonly string[],
  cwd: string,
): Deno.ChildProcess {
  return new Deno.Command(program!, {
    args: [...first, ...args],
    cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the command to its end. */
export async function runBuilt(
  runtime: CommandRuntime,
  args: readonly string[],
  { cwd, input = "" }: { readonly cwd: string; readonly input?: string },
): Promise<BuiltRun> {
  const child = startBuilt(runtime, args, cwd);
  const writer = child.stdin.getWriter();
  // A command that doesn't read its input may be gone before it is written.
  const isFed = writer.write(new TextEncoder().encode(input))
    .then(() => writer.close()).catch(() => {});
  const { code, stdout, stderr } = await outputOf(child);
  await isFed;
  const decoder = new TextDecoder();
  return {
    code,
    output: decoder.decode(stdout),
    errors: decoder.decode(stderr),
  };
}

async function outputOf(child: Deno.ChildProcess) {
  const [stdout, stderr, { code }] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).bytes(),
    child.status,
  ]);
  return { code, stdout, stderr };
}

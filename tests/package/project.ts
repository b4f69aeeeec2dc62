import { fileURLToPath } from "node:url";

/** What a command printed, and whether it succeeded. */
export interface Run {
  /** Whether it ended with 0. */
  readonly success: boolean;
  /** What it printed, standard error last. */
  readonly text: string;
}

/** A project of a user, in a folder of its own, with the built package installed. */
export interface Project {
  /** The folder. */
  readonly path: string;
  /** Writes files, by name. */
  readonly write: (
    files: { readonly [name: string]: string },
  ) => Promise<void>;
  /** Runs a command in it, within three minutes. */
  readonly run: (...command: string[]) => Promise<Run>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
let built: Promise<string> | null = null;

/** Builds the package, once for all tests, and gives the archive's path. */
export function packageArchive(): Promise<string> {
  return built ??= buildArchive();
}

async function buildArchive(): Promise<string> {
  const { success, text } = await runIn(
    root,
    [Deno.execPath(), "task", "npm"],
  );
  const name = /npm\/growthstream-sdk-\S+\.tgz/.exec(text)?.[0];
  if (!success || name === undefined) {
    throw new Error(`Cannot build the package: ${text}`);
  }
  return `${root}${name}`;
}

/** Makes a project with the package, and with other packages beside it, and throws it away after. */
export async function withProject(
  packages: readonly string[],
  use: (project: Project) => Promise<void>,
): Promise<void> {
  const archive = await packageArchive();
  const path = await Deno.makeTempDir({ prefix: "growthstream-" });
  const project: Project = {
    path,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${path}/${name}`, text);
      }
    },
    run: (...command) => runIn(path, command),
  };
  try {
    await project.write({ "package.json": `{ "private": true }` });
    const install = await project.run(
      ...[
        "npm",
        "install",
        "--silent",
        "--no-fund",
        "--no-audit",
        "--prefer-offline",
      ],
      ...[archive, ...packages],
    );
    if (!install.success) throw new Error(install.text);
    await use(project);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

/** Runs a program by `npx`, from packages such as `node@24`. */
export function npx(
  packages: readonly string[],
  ...command: string[]
): string[] {
  return [
    "npx",
    "--yes",
    ...packages.flatMap((each) => ["-p", each]),
    ...command,
  ];
}

/** Runs a command in a folder. */
export async function runIn(
  cwd: string,
  [name = "", ...args]: readonly string[],
): Promise<Run> {
  const { success, stdout, stderr } = await new Deno.Command(name, {
    args,
    cwd,
    env: { NO_COLOR: "1", CI: "1", npm_config_update_notifier: "false" },
    stdin: "null",
    signal: AbortSignal.timeout(180_000),
  }).output();
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

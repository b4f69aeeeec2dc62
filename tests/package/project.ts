import { fileURLToPath } from "node:url";
import { once } from "../support/once.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";

/** What a command printed, and whether it succeeded. */
export interface Run {
  /** Whether it ended with 0. */
  readonly success: boolean;
  /** What it printed, standard error last. */
  readonly text: string;
}

/** A project of a user, with the built package installed. */
export interface Project {
  /** The test's folder in it. */
  readonly path: string;
  /** Writes files, by name. */
  readonly write: (
    files: { readonly [name: string]: string },
  ) => Promise<void>;
  /** Reads a file. */
  readonly read: (name: string) => Promise<string>;
  /** Runs a command in the folder: one of an installed package, or else of the machine. */
  readonly run: (...command: string[]) => Promise<Run>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the package, once for all tests, and gives the archive's path. */
export async function packageArchive(): Promise<string> {
  const folder = await once("package", async (folder) => {
    const build = [Deno.execPath(), "task", "npm"];
    const { success, text } = await runIn(root, build);
    const name = /npm\/growthstream-sdk-\S+\.tgz/.exec(text)?.[0];
    if (!success || name === undefined) {
      throw new Error(`Cannot build the package: ${text}`);
    }
    await Deno.copyFile(`${root}${name}`, `${folder}/growthstream-sdk.tgz`);
  });
  return `${folder}/growthstream-sdk.tgz`;
}

/**
 * Makes a project with the package, and with other packages beside it. Tests that ask for the same
 * packages share one, and each has a folder of its own in it.
 */
export async function withProject(
  packages: readonly string[],
  use: (project: Project) => Promise<void>,
): Promise<void> {
  const folder = await once(
    `project with ${packages.join(" ")}`,
    (folder) => install(folder, packages),
  );
  await use(projectIn(await Deno.makeTempDir({ dir: folder }), folder));
}

/** Makes a project that no other test has, for what looks at a project as a whole. */
export async function withOwnProject(
  packages: readonly string[],
  use: (project: Project) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  await install(folder, packages);
  await use(projectIn(folder, folder));
}

function projectIn(path: string, installed: string): Project {
  return {
    path,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${path}/${name}`, text);
      }
    },
    read: (name) => Deno.readTextFile(`${path}/${name}`),
    run: (...command) =>
      runIn(path, command, `${installed}/node_modules/.bin:`),
  };
}

async function install(
  folder: string,
  packages: readonly string[],
): Promise<void> {
  const archive = await packageArchive();
  await Deno.writeTextFile(`${folder}/package.json`, `{ "private": true }`);
  const command = [
    ...["npm", "install", "--silent", "--no-fund", "--no-audit"],
    ...["--prefer-offline", archive, ...packages],
  ];
  // npm may wait forever for an answer that was lost; then it has to begin again.
  const first = await runIn(folder, command, "", 150_000);
  if (first.success) return;
  const { success, text } = await runIn(folder, command);
  if (!success) {
    throw new Error(`Cannot install ${packages.join(" ")}: ${text}`);
  }
}

/** Runs a program by `npx`, from packages such as `publint@0.3.25`. */
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

/**
 * Runs a command in a folder; `paths` come before those in which the machine looks for programs, each
 * with a colon behind it. It is ended after so many milliseconds, or ten minutes, which is for one that
 * would never end.
 */
export async function runIn(
  cwd: string,
  [name = "", ...args]: readonly string[],
  paths: string = "",
  milliseconds: number = 600_000,
): Promise<Run> {
  const child = new Deno.Command(paths === "" ? name : "env", {
    args: paths === "" ? args : [name, ...args],
    cwd,
    env: {
      NO_COLOR: "1",
      CI: "1",
      npm_config_update_notifier: "false",
      PATH: `${paths}${Deno.env.get("PATH")}`,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const { success, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

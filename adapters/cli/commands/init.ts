import { readdir, writeFile } from "node:fs/promises";
import {
  type Command,
  defineCommand,
  exitCodes,
  refuse,
} from "../command/command.ts";
import { findKind, makeStarter, starterKinds } from "../init/starters.ts";
import {
  describeReadError,
  describeWriteError,
} from "../payload/describe_read_error.ts";
import { suggest } from "../command/suggest.ts";

/** Writes a starter. */
export const initCommand: Command = defineCommand({
  name: "init",
  summary: "Writes a starter: a payload, and a program that asks it.",
  description: [
    "Writes a starter into the current folder: flags.json, a payload with a rollout and an experiment, and a program that evaluates them. It is for the runtime that the folder is for (deno.json, bun.lock, vite.config.*, package.json), or for the one that runs this command.",
    "A file that is there already is never overwritten.",
  ],
  positionals: {},
  options: {
    runtime: {
      value: "NAME",
      summary: `What the starter is for: ${starterKinds.join(", ")}.`,
    },
  },
  finding: "A file was there already, and was left as it is.",
  examples: ["init", "init --runtime deno"],
  run: async ({ options }, host) => {
    const asked = options.runtime?.toLowerCase() ?? null;
    const known = starterKinds.find((kind) => kind === asked);
    if (asked !== null && known === undefined) {
      const near = suggest(asked, starterKinds);
      return await refuse(
        host,
        `Cannot use --runtime: it is none of ${starterKinds.join(", ")}${
          near === null ? "" : `; did you mean ${near}?`
        }`,
      );
    }
    let names: readonly string[];
    try {
      names = await readdir(".");
    } catch (error) {
      return await refuse(host, describeReadError(".", error as Error));
    }
    const kind = known ?? findKind(names, host.runtime);
    const { files, steps } = makeStarter(kind);
    let kept = 0;
    for (const [name, text] of Object.entries(files)) {
      const failure = await writeNew(name, text);
      if (failure === "kept") {
        kept++;
        await host.print(`kept   ${name}, it was there already\n`);
      } else if (failure !== null) {
        return await refuse(host, describeWriteError(name, failure));
      } else await host.print(`wrote  ${name}\n`);
    }
    await host.print(
      `\nThe starter is for ${kind}. Next:\n${
        steps.map((step) => `  ${step}\n`).join("")
      }`,
    );
    return kept > 0 ? exitCodes.finding : exitCodes.ok;
  },
});

async function writeNew(
  name: string,
  text: string,
): Promise<Error | "kept" | null> {
  try {
    // Only a file that is not there: neither a file nor a link is written over.
    await writeFile(name, text, { flag: "wx" });
    return null;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return code === "EEXIST" ? "kept" : error as Error;
  }
}

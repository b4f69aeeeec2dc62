import { once } from "../support/once.ts";

/** The other runtimes that the adapters are for, as npm has them. */
export const runtimes = {
  node: "node@24",
  bun: "bun@1.4.5",
} as const;

/** The name of another runtime. */
export type RuntimeName = keyof typeof runtimes;

/**
 * Gives the path of a runtime's own program, of one that is named above or of a package such as
 * `node@22`. It starts in a tenth of the time that `npx` takes, and gets signals itself.
 */
export async function runtimeProgram(
  name: RuntimeName | `node@${string}`,
): Promise<string> {
  const spec = name in runtimes ? runtimes[name as RuntimeName] : name;
  const folder = await once(`runtime ${spec}`, async (folder) => {
    const program = spec.slice(0, spec.indexOf("@"));
    const { success, stdout, stderr } = await new Deno.Command("npx", {
      args: [
        ...["--yes", `--package=${spec}`, program],
        ...["-e", "console.log(process.execPath)"],
      ],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    await Deno.writeFile(`${folder}/path`, stdout);
  });
  return (await Deno.readTextFile(`${folder}/path`)).trim();
}

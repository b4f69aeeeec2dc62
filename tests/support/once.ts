import { temporaryFolder } from "./temporary_folder.ts";

/**
 * Where the files of one run of the tests share what they make. The gate makes the folder and throws
 * it away; without it, each file of tests has one of its own.
 */
let root: string | null = Deno.env.get("SHARED_FOLDER") ?? null;

/**
 * Has something made once by all files of tests that ask for it under a name, also by those that run
 * at the same time, and gives the folder in which it is. `make` gets that folder, which is empty. Where
 * it rejects, so does this, and the next to ask makes it anew.
 */
export async function once(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  root ??= temporaryFolder();
  const folder = `${root}/${name.replaceAll(/[^\w@.-]+/g, "_")}`;
  using lock = await Deno.open(`${folder}.lock`, { create: true, write: true });
  await lock.lock(true);
  if (await isThere(`${folder}.made`)) return folder;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder);
  await make(folder);
  await Deno.writeTextFile(`${folder}.made`, "");
  return folder;
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

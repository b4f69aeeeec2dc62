/** Folders that hold nothing of the repository's own. */
const FOREIGN: readonly string[] = ["node_modules", "dist"];

/**
 * Lists the files below a folder whose names end with `suffix`, in the order of their paths. Hidden
 * folders and those of others are left out.
 */
export function filesEnding(suffix: string, folder: string): readonly string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(
    ({ name, isDirectory }) => {
      const path = folder === "." ? name : `${folder}/${name}`;
      if (!isDirectory) return name.endsWith(suffix) ? [path] : [];
      return name.startsWith(".") || FOREIGN.includes(name)
        ? []
        : filesEnding(suffix, path);
    },
  ).sort();
}

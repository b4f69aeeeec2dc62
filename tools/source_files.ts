import { join } from "node:path";

/** Lists the TypeScript files at paths and below them, in the order of their names. */
export function sourceFiles(
  directory: string,
  paths: readonly string[],
): readonly string[] {
  return paths.flatMap((path) =>
    Deno.statSync(join(directory, path)).isFile ? [path] : filesIn(path)
  ).sort();

  function filesIn(path: string): readonly string[] {
    return Array.from(Deno.readDirSync(join(directory, path)))
      .flatMap(({ name, isDirectory }) =>
        isDirectory
          ? filesIn(`${path}/${name}`)
          : name.endsWith(".ts")
          ? [`${path}/${name}`]
          : []
      );
  }
}

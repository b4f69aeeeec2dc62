/** A small disk in memory. */
export interface SmallDisk {
  /** Where it is. */
  readonly path: string;
  /** Takes it away. */
  readonly unmount: () => void;
}

/** Mounts a disk of so many kilobytes; null where that isn't allowed (it takes root on Linux). */
export function mountDisk(kilobytes: number): SmallDisk | null {
  const path = Deno.makeTempDirSync({ prefix: "growthstream-disk-" });
  const size = `size=${kilobytes}k`;
  if (run("mount", ["-t", "tmpfs", "-o", size, "growthstream", path])) {
    return {
      path,
      unmount: () => {
        run("umount", ["-l", path]);
        Deno.removeSync(path);
      },
    };
  }
  Deno.removeSync(path);
  return null;
}

function run(program: string, args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stderr: "null" }).outputSync()
      .success;
  } catch {
    return false;
  }
}

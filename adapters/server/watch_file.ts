import type { Clock } from "../support/clock.ts";

/** How long a file has to be left alone before it is read: editors write in several steps. */
const settleTime = 50;

/**
 * Watches a file, also one that is replaced by another, and calls back after each change once it
 * has settled. Gives what stops that; the promise resolves when it has stopped.
 */
export function watchFile(
  path: string,
  clock: Clock,
  onChange: () => void,
): { readonly stop: () => Promise<void> } {
  const real = Deno.realPathSync(path);
  const name = baseName(path);
  // The folder, for a file that is replaced is no longer the one that was watched; and where the
  // name is a link, also the folder of what it leads to.
  const folders = new Set([folderOf(path), folderOf(real)]);
  const names = new Set([name, baseName(real)]);
  const watcher = Deno.watchFs([...folders], { recursive: false });
  let cancel = () => {};
  const watch = async (): Promise<void> => {
    for await (const { kind, paths } of watcher) {
      if (kind === "access") continue;
      if (!paths.some((changed) => names.has(baseName(changed)))) continue;
      cancel();
      cancel = clock.setTimer(onChange, settleTime);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      cancel();
      watcher.close();
      await watching;
      cancel();
    },
  };
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end) || "/";
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

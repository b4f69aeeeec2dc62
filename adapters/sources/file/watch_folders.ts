import type { FSWatcher } from "node:fs";
import { builtIn } from "../../support/built_in.ts";
import type { Clock } from "../../support/time/clock.ts";

/** The folders that are being watched. */
export interface FolderWatch {
  /** Watches these from now on, and those again whose watch has failed. */
  readonly follow: (folders: readonly string[]) => void;
  /** Stops. */
  readonly stop: () => void;
}

/** How folders are watched. */
export interface FolderWatchOptions {
  /** Tells the time. */
  readonly clock: Clock;
  /** How long changes have to be over before they are told, in milliseconds. */
  readonly settleTime: number;
  /** Is told the names of what has changed; null where one is not known. */
  readonly onChange: (names: ReadonlySet<string | null>) => void;
}

/** How many settle times a change is told after at the latest, also where there is no end of them. */
const patience = 10;

/**
 * Watches folders for changes of what is in them. Folders, for a file that is replaced by another is
 * not the one any more that was watched. Never throws: a folder that can't be watched is not, until
 * it is followed again.
 */
export function watchFolders(
  { clock, settleTime, onChange }: FolderWatchOptions,
): FolderWatch {
  const { watch } = builtIn("node:fs");
  const watchers = new Map<string, FSWatcher>();
  let names = new Set<string | null>();
  let firstChange = 0;
  let cancel = () => {};

  const settle = () => {
    const changed = names;
    names = new Set();
    onChange(changed);
  };
  const notice = (name: string | null) => {
    const now = clock.now();
    if (names.size === 0) firstChange = now;
    names.add(name);
    const left = firstChange + patience * settleTime - now;
    cancel();
    const delay = Math.max(0, Math.min(settleTime, left));
    cancel = clock.setTimer(settle, delay, false);
  };
  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const add = (folder: string) => {
    try {
      const watcher = watch(folder, (_, name) => notice(name));
      // A watch lets a process end.
      watcher.unref();
      watchers.set(folder, watcher);
      watcher.on("error", () => {
        if (watchers.get(folder) === watcher) drop(folder);
      });
    } catch {
      // It isn't there, or there are too many watches: the caller looks for itself now and then.
    }
  };
  return {
    follow: (folders) => {
      for (const folder of watchers.keys()) {
        if (!folders.includes(folder)) drop(folder);
      }
      for (const folder of folders) if (!watchers.has(folder)) add(folder);
    },
    stop: () => {
      cancel();
      for (const folder of [...watchers.keys()]) drop(folder);
    },
  };
}

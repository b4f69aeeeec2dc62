import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Clock } from "../support/clock.ts";

/** How a file is watched, and who is told. */
export interface WatchFileOptions {
  /** Sets timers. */
  readonly clock: Clock;
  /** How often the file is looked at where the system can't watch it, in milliseconds. */
  readonly pollInterval: number;
  /** Is told that the file may have changed, perhaps more than once for one change. */
  readonly changed: () => void;
}

/**
 * Watches a file, by way of its folder, so that a file which is replaced or comes later is seen as
 * well. Where the system can't watch, it looks now and then. Gives what stops it.
 */
export function watchFile(
  path: string,
  { clock, pollInterval, changed }: WatchFileOptions,
): () => void {
  const name = basename(path);
  let stopPolling = () => {};
  let isStopped = false;
  const poll = () => {
    if (isStopped) return;
    stopPolling = pollFile(path, clock, pollInterval, changed);
  };
  try {
    const watcher = watch(dirname(path), (_, changedName) => {
      if (changedName === null || changedName === name) changed();
    });
    watcher.on("error", () => {
      watcher.close();
      poll();
    });
    return () => {
      isStopped = true;
      watcher.close();
      stopPolling();
    };
  } catch {
    poll();
    return () => {
      isStopped = true;
      stopPolling();
    };
  }
}

function pollFile(
  path: string,
  clock: Clock,
  interval: number,
  changed: () => void,
): () => void {
  let seen: string | null = null;
  let isStopped = false;
  let cancel = () => {};
  const look = async () => {
    const { mtimeMs, size, ino } = await stat(path).catch(() => nothing);
    if (isStopped) return;
    const now = `${mtimeMs} ${size} ${ino}`;
    if (seen !== null && seen !== now) changed();
    seen = now;
    cancel = clock.setTimer(() => void look(), interval);
  };
  void look();
  return () => {
    isStopped = true;
    cancel();
  };
}

const nothing = { mtimeMs: 0, size: 0, ino: 0 };

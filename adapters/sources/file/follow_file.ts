import { builtIn } from "../../support/built_in.ts";
import type { Clock } from "../../support/time/clock.ts";
import { watchFolders } from "./watch_folders.ts";

/** How a file is followed. */
export interface FileFollowerOptions {
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** How long changes have to be over before they are told, in milliseconds. */
  readonly settleTime: number;
  /**
   * Is told to read the file, which has changed, or to look whether it has: something near it did, or
   * it is time to.
   */
  readonly onChange: (how: "read" | "look") => void;
}

/** What follows a file. */
export interface FileFollower {
  /**
   * Watches the folders in which the file is now, by its name and where its links lead to. For what
   * no watch tells, it is time to look again after some milliseconds. Never rejects.
   */
  readonly follow: (lookIn: number) => Promise<void>;
  /** Stops. */
  readonly stop: () => void;
}

/**
 * Follows a file through changes, replacements and links that lead elsewhere. It begins with the first
 * `follow`, which has to be called again after each change that was told.
 */
export function followFile(
  path: string,
  { clock, settleTime, onChange }: FileFollowerOptions,
): FileFollower {
  const { realpath } = builtIn("node:fs/promises");
  const { basename, dirname } = builtIn("node:path");
  let real = path;
  let isStopped = false;
  let cancel = () => {};
  const folders = watchFolders({
    clock,
    settleTime,
    onChange: (names) => {
      // Another name may be a link on the way to the file.
      const isOurs = [null, basename(path), basename(real)]
        .some((name) => names.has(name));
      onChange(isOurs ? "read" : "look");
    },
  });
  return {
    follow: async (lookIn) => {
      real = await realpath(path).catch(() => path);
      if (isStopped) return;
      folders.follow([...new Set([dirname(path), dirname(real)])]);
      cancel();
      cancel = clock.setTimer(() => onChange("look"), lookIn, false);
    },
    stop: () => {
      isStopped = true;
      cancel();
      folders.stop();
    },
  };
}

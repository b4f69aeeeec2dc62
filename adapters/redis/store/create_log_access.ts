import type { RedisCommands } from "../client/create_commands.ts";
import { type RedisScript, runScript } from "../client/create_script.ts";
import { headerLength } from "../scripts/log_script.ts";
import type { StatusKeeper } from "./create_status.ts";

/** What every script of a log gives. */
export interface LogAnswer {
  /** The position of the oldest event that is there, at least 1. */
  readonly first: number;
  /** The position of the newest event that ever was there; 0 where there was none. */
  readonly last: number;
  /** How many bytes its events take. */
  readonly bytes: number;
  /** The time by Redis's clock. */
  readonly now: number;
  /** What the script gives itself. */
  readonly result: readonly unknown[];
}

/** How a script is run. */
export interface LogCall {
  /** What is done, such as `append events`. */
  readonly task: string;
  /** Its own arguments. */
  readonly args: readonly string[];
  /** How long it may take, in milliseconds. */
  readonly timeout?: number;
}

/** The way to a log in Redis. */
export interface LogAccess {
  /** Runs a script of the log. Rejects where Redis does, and where it is closed. */
  readonly run: (script: RedisScript, call: LogCall) => Promise<LogAnswer>;
  /** Is told of an event that the log has. */
  readonly see: (position: number, id: string) => void;
  /** How often the log was not what it had been. */
  readonly moves: () => number;
  /** Refuses all further calls. */
  readonly close: () => void;
  /** Whether it is closed. */
  readonly isClosed: () => boolean;
}

/** What the way is made of. */
export interface LogAccessOptions {
  readonly commands: RedisCommands;
  /** The key of the log. */
  readonly key: string;
  readonly status: StatusKeeper;
  /** Tells the time in place of Redis's clock. */
  readonly serverTime: (() => number) | undefined;
  /** Is called when the log is not what it had been: what was claimed is in doubt. */
  readonly onMoved: () => void;
}

interface Seen {
  readonly epoch: string;
  readonly position: number;
  readonly id: string;
}

/**
 * Makes the way. It remembers the last event that it saw, and every script looks whether that is still
 * there. So a log that went back is noticed with the next call, whatever else was appended since.
 */
export function createLogAccess(
  { commands, key, status, serverTime, onMoved }: LogAccessOptions,
): LogAccess {
  let seen: Seen = { epoch: "", position: 0, id: "" };
  let moves = 0;
  let isClosed = false;

  const note = (asked: Seen, epoch: string, went: boolean) => {
    if (went && asked === seen) {
      moves++;
      seen = { epoch, position: 0, id: "" };
      status.warn(
        "went-back",
        asked.epoch === epoch
          ? `Redis lost events of the log, as at a failover: what was at position ${asked.position} is not there any more`
          : "Redis lost the log: it begins anew, at its first position",
      );
      onMoved();
    } else if (seen.epoch === "" && epoch !== "") {
      seen = { epoch, position: 0, id: "" };
    }
  };
  return {
    run: async (script, { task, args, timeout }) => {
      if (isClosed) throw new Error("Cannot use the store: it is closed");
      const asked = seen;
      const header = [
        asked.epoch,
        String(asked.position),
        asked.id,
        crypto.randomUUID().slice(0, 8),
        serverTime === undefined ? "" : String(Math.floor(serverTime())),
      ];
      if (header.length !== headerLength) throw new Error("Cannot happen");
      const reply = await status.watch(runScript(commands, script, {
        task,
        key,
        args: [...header, ...args],
        ...(timeout === undefined ? {} : { timeout }),
      }));
      const [epoch, first, last, bytes, now, went, result] = reply as readonly [
        string,
        ...unknown[],
      ];
      note(asked, epoch, Number(went) === 1);
      return {
        first: Number(first),
        last: Number(last),
        bytes: Number(bytes),
        now: Number(now),
        result: result as readonly unknown[],
      };
    },
    see: (position, id) => {
      if (position > seen.position) seen = { ...seen, position, id };
    },
    moves: () => moves,
    close: () => {
      isClosed = true;
    },
    isClosed: () => isClosed,
  };
}

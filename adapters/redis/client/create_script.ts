import { builtIn } from "../../support/built_in.ts";
import { describeError, type RedisCommands } from "./create_commands.ts";
import { isUnknownScript } from "./redis_failure.ts";

/** A script that Redis runs as one step. */
export interface RedisScript {
  /** Its text, in Lua. */
  readonly text: string;
  /** Its SHA-1, by which Redis knows it once it has seen it. */
  readonly digest: () => string;
}

/** Makes a script of its text. */
export function createScript(text: string): RedisScript {
  let digest: string | null = null;
  return {
    text,
    digest: () =>
      digest ??= builtIn("node:crypto").createHash("sha1").update(text).digest(
        "hex",
      ),
  };
}

/**
 * Runs a script for a key. It is sent by its digest, and as a whole where Redis does not know it:
 * after a restart, a failover or `SCRIPT FLUSH`. Nothing was done then, so it runs once.
 */
export async function runScript(
  { send }: RedisCommands,
  script: RedisScript,
  { task, key, args, timeout }: {
    readonly task: string;
    readonly key: string;
    readonly args: readonly string[];
    readonly timeout?: number;
  },
): Promise<unknown> {
  const rest = ["1", key, ...args];
  try {
    return await send(["EVALSHA", script.digest(), ...rest], key, timeout);
  } catch (error) {
    if (!isUnknownScript(error)) throw describeError(task, error);
  }
  try {
    return await send(["EVAL", script.text, ...rest], key, timeout);
  } catch (error) {
    throw describeError(task, error);
  }
}

import type { RedisCommands } from "../client/create_commands.ts";
import { type RedisScript, runScript } from "../client/create_script.ts";
import {
  attendScript,
  putScript,
  yieldScript,
} from "../scripts/payload_scripts.ts";
import type { KeptPayload } from "./kept_payload.ts";
import type { Attendance } from "./machine/source_state.ts";

/** What a process asks of Redis about the payload. Each rejects where Redis does. */
export interface FleetCommands {
  /** Asks what is there, and for the lease where it is wanted; tells how the holder's source fares. */
  readonly attend: (isWanted: boolean, health: string) => Promise<Attendance>;
  /** Writes a payload. Gives what `putScript` gives. */
  readonly put: (payload: KeptPayload) => Promise<string>;
  /** Reads the payload; its body is null where there is none. */
  readonly fetch: () => Promise<{
    readonly body: string | null;
    readonly isRaw: boolean;
    readonly version: string;
  }>;
  /** Gives the lease up. */
  readonly yieldLease: () => Promise<unknown>;
}

/** What they need. All times are in milliseconds. */
export interface FleetCommandOptions {
  readonly commands: RedisCommands;
  /** The key of the payload. */
  readonly key: string;
  /** Where changes are told of. */
  readonly channel: string;
  /** How long a lease lasts. */
  readonly lease: number;
}

/** How long a whole payload may take, in milliseconds: more than another answer. */
const bodyTimeout = 15_000;

/** Makes what asks Redis on behalf of the process `id`. */
export function fleetCommands(
  { commands, key, channel, lease }: FleetCommandOptions,
  id: string,
): FleetCommands {
  const run = (
    script: RedisScript,
    task: string,
    args: readonly string[],
    timeout?: number,
  ) =>
    runScript(commands, script, {
      task,
      key,
      args,
      ...(timeout === undefined ? {} : { timeout }),
    });
  return {
    attend: async (isWanted, health) => {
      const reply = await run(attendScript, "ask for the payload", [
        ...[id, String(lease), isWanted ? "1" : "0", health],
      ]);
      const [isHolder, version, age, state] = reply as readonly unknown[];
      return {
        isHolder: Number(isHolder) === 1,
        version: String(version),
        age: Number(age),
        health: String(state),
      };
    },
    put: async ({ date, digest, isRaw, body }) => {
      const args = [id, date, digest, isRaw ? "1" : "0", body, channel];
      const task = "write the payload";
      return String(await run(putScript, task, args, bodyTimeout));
    },
    fetch: async () => {
      const task = "read the payload";
      const command = ["HMGET", key, "body", "isRaw", "version", "digest"];
      const reply = await commands.ask(task, command, key, bodyTimeout);
      const [body, isRaw, version, digest] = reply as readonly unknown[];
      return {
        body: typeof body === "string" ? body : null,
        isRaw: isRaw === "1",
        version: `${version}:${digest ?? ""}`,
      };
    },
    yieldLease: () => run(yieldScript, "yield", [id, channel]),
  };
}

import type { RedisCommands } from "../client/create_commands.ts";
import type { StatusKeeper } from "./create_status.ts";

/**
 * Looks whether Redis may evict what it keeps, and warns of it. It asks `INFO`, which services allow that
 * deny `CONFIG`. What can't be asked is not known: no warning.
 */
export async function checkPolicy(
  { send }: RedisCommands,
  key: string,
  status: Pick<StatusKeeper, "warn" | "clear">,
): Promise<void> {
  const reply = await send(["INFO", "memory"], key).catch(() => null);
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(String(reply))?.[1];
  if (policy === undefined || policy === "noeviction") {
    return status.clear("eviction");
  }
  status.warn(
    "eviction",
    `Redis's maxmemory-policy is ${policy}, so it may forget events: it should be noeviction`,
  );
}

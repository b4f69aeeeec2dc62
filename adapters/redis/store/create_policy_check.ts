import type { RedisCommands } from "../client/create_commands.ts";
import type { LogAccess } from "./create_log_access.ts";
import type { StatusKeeper } from "./create_status.ts";

/** Looks whether Redis may evict what it keeps, with the first answer, and warns of it. */
export interface PolicyCheck {
  /** Makes it look with what a log answers. */
  readonly watch: (access: LogAccess) => LogAccess;
  /** Has it look again, with the next answer. */
  readonly renew: () => void;
}

/** Makes the check. */
export function createPolicyCheck(
  commands: RedisCommands,
  key: string,
  status: Pick<StatusKeeper, "warn" | "clear">,
): PolicyCheck {
  let isChecked = false;
  return {
    watch: (access) => ({
      ...access,
      run: async (script, call) => {
        const answer = await access.run(script, call);
        if (!isChecked) {
          isChecked = true;
          void checkPolicy(commands, key, status);
        }
        return answer;
      },
    }),
    renew: () => {
      isChecked = false;
    },
  };
}

// It asks `INFO`, which services allow that deny `CONFIG`. What can't be asked is not known: no warning.
async function checkPolicy(
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

import type { EventStore } from "../../../log/port/event_store.ts";
import { sqliteStore, storageFailure } from "../../../sqlite/mod.ts";
import { describeName } from "../../text/describe_value.ts";
import { checkFile } from "./open_file_log.ts";
import { isRedisAddress, openRedis } from "./redis_address.ts";

/**
 * Opens a log for as long as a task takes that changes it. Gives what the task does, or in a line why
 * it can't be done. A file that is not there is not made.
 */
export async function withStore<Result>(
  path: string,
  task: (store: EventStore) => Promise<Result>,
): Promise<Result | string> {
  const opened = isRedisAddress(path) ? await openRedis(path) : openFile(path);
  if (typeof opened === "string") return `Cannot open the log: ${opened}`;
  const { store, close } = opened;
  try {
    return await task(store);
  } catch (error) {
    const { name, cause } = error as Error;
    const isDenied = [name, (cause as Error | undefined)?.name]
      .includes("NotCapable");
    const reason = isDenied
      ? "Deno runs without --allow-write for it"
      : storageFailure(error).message;
    return `Cannot change the log: ${describeName(reason)}`;
  } finally {
    await close();
  }
}

function openFile(
  path: string,
): string | {
  readonly store: EventStore;
  readonly close: () => Promise<void>;
} {
  const fault = checkFile(path);
  if (fault !== null) return fault;
  const store = sqliteStore(path);
  return { store, close: store.close };
}

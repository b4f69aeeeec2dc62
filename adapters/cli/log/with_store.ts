import {
  type SqliteStore,
  sqliteStore,
  storageFailure,
} from "../../sqlite/mod.ts";
import { describeName } from "../text/describe_value.ts";
import { checkFile } from "./open_log.ts";

/**
 * Opens a log for as long as a task takes that changes it. Gives what the task does, or in a line why
 * it can't be done. A file that is not there is not made.
 */
export async function withStore<Result>(
  path: string,
  task: (store: SqliteStore) => Promise<Result>,
): Promise<Result | string> {
  const fault = checkFile(path);
  if (fault !== null) return `Cannot open the log: ${fault}`;
  const store = sqliteStore(path);
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
    await store.close();
  }
}

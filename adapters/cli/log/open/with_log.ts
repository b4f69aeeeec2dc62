import { storageFailure } from "../../../sqlite/storage_failure.ts";
import type { OpenedLog } from "./opened_log.ts";
import { openFileLog } from "./open_file_log.ts";
import { openRedisLog } from "./open_redis_log.ts";
import { isRedisAddress } from "./redis_address.ts";

/** Opens a log for as long as a task takes. Gives what the task does, or why there is no log. */
export async function withLog<Result>(
  path: string,
  task: (log: OpenedLog) => Promise<Result> | Result,
): Promise<Result | string> {
  const log = isRedisAddress(path)
    ? await openRedisLog(path)
    : openFileLog(path);
  if (typeof log === "string") return log;
  try {
    return await task(log);
  } catch (error) {
    const { code, message } = storageFailure(error);
    if (code !== "corrupt" && code !== "locked") throw error;
    return `Cannot read the log: ${message}`;
  } finally {
    await log.close();
  }
}

import { wholeLog } from "../../log/port/consumer_key.ts";
import { listCheckpoints } from "../consumers/consumer_table.ts";
import type { Connection } from "../file/connection.ts";

/** Gives how far the consumers of the whole log have come, by name. */
export function readCheckpoints(
  connection: Connection,
): ReadonlyMap<string, number> {
  return new Map(
    listCheckpoints(connection).filter(({ lane }) => lane === wholeLog)
      .map(({ name, checkpoint }) => [name, checkpoint.position]),
  );
}

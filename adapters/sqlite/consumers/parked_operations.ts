import { checkIds } from "../../log/port/check_ids.ts";
import type { ParkedOperations } from "../../log/port/operations.ts";
import { inTransaction } from "../file/in_transaction.ts";
import { writeText } from "../file/stored_text.ts";
import { changeAsHolder, type HeldAccess } from "./change_as_holder.ts";
import { isOwner, storeKey } from "./consumer_table.ts";
import { listParked, makeDue, parkEvents } from "./parked_table.ts";

/** What {@linkcode parkedOperations} needs. */
export interface ParkedSetting extends HeldAccess {
  /** Tells the time. */
  readonly now: () => number;
  /** Is called where parked events became due. */
  readonly wake: () => void;
}

/** The operations of a store on what its consumers have parked. */
export function parkedOperations(
  setting: ParkedSetting,
): ParkedOperations {
  const { access: { use }, now, wake } = setting;
  return {
    park: async (key, owner, events) => {
      const stored = storeKey(key, owner);
      return await changeAsHolder(setting, "park", (connection, holder) => {
        if (!isOwner(connection, stored, holder)) return false;
        parkEvents(connection, stored.name, events, now());
        return true;
      });
    },
    parked: (name) =>
      use(
        "read what is parked",
        (connection) => listParked(connection, writeText(name), now()),
      ),
    redeliver: async (name, ids) => {
      checkIds(ids);
      const count = await use("redeliver", (connection) =>
        inTransaction(
          connection.database,
          () => makeDue(connection, writeText(name), ids),
        ));
      if (count > 0) wake();
      return count;
    },
    unpark: async (key, owner, ids) => {
      const stored = storeKey(key, owner);
      return await changeAsHolder(setting, "unpark", (connection, holder) => {
        if (!isOwner(connection, stored, holder)) return false;
        for (const id of ids) {
          connection.statements.unpark.run(stored.name, writeText(id));
        }
        return true;
      });
    },
  };
}

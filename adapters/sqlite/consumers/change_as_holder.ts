import type { Connection } from "../file/connection.ts";
import type { Access } from "../file/create_access.ts";
import { inTransaction } from "../file/in_transaction.ts";
import type { Holdings } from "./create_holdings.ts";

/** The way to a file, and what this store holds of it. */
export interface HeldAccess {
  readonly access: Access;
  readonly holdings: Holdings;
}

/** Does in one transaction what an owner alone may do; false where this store has no lock. */
export async function changeAsHolder(
  { access, holdings }: HeldAccess,
  task: string,
  work: (connection: Connection, holder: string) => boolean,
): Promise<boolean> {
  return await access.use(task, (connection) => {
    const holder = holdings.holder();
    if (holder === null) return false;
    return inTransaction(connection.database, () => work(connection, holder));
  });
}

import { checkCheckpoint } from "../../log/port/checkpoint.ts";
import type { Claim } from "../../log/port/event_store.ts";
import type { ConsumerOperations } from "../../log/port/operations.ts";
import type { Access } from "../file/create_access.ts";
import { inTransaction } from "../file/in_transaction.ts";
import { changeAsHolder } from "./change_as_holder.ts";
import {
  claimKey,
  commitKey,
  listConsumers,
  releaseKey,
  storeKey,
} from "./consumer_table.ts";
import { createHoldings } from "./create_holdings.ts";
import { parkedOperations } from "./parked_operations.ts";

/** What {@linkcode consumerOperations} needs. */
export interface ConsumerSetting {
  readonly access: Access;
  /** Tells the time. */
  readonly now: () => number;
  /** Is called where parked events became due. */
  readonly wake: () => void;
}

/** The operations of a store on its consumers, and what ends all ownership. */
export function consumerOperations(
  { access, now, wake }: ConsumerSetting,
): ConsumerOperations & {
  readonly releaseAll: (use: Access["use"]) => Promise<void>;
} {
  const { use } = access;
  const holdings = createHoldings();
  const held = { access, holdings };

  return {
    consumers: () =>
      use(
        "read the consumers",
        (connection) => listConsumers(connection, holdings.isAlive(connection)),
      ),
    claim: async (key, owner) => {
      const stored = storeKey(key, owner);
      let isReplaced = () => false;
      const checkpoint = await use("claim", (connection) => {
        isReplaced = connection.guard.isReplaced;
        const holder = holdings.takeLock(connection);
        const isAlive = holdings.isAlive(connection);
        const checkpoint = inTransaction(
          connection.database,
          () => claimKey(connection, stored, holder, isAlive),
        );
        if (checkpoint !== null) holdings.add(stored);
        else holdings.remove(stored);
        return checkpoint;
      });
      // Another log in its place knows nothing of the claim.
      const isHeld = () => holdings.isHeld(stored) && !isReplaced();
      return checkpoint === null ? null : { checkpoint, isHeld } as Claim;
    },
    commit: async (key, owner, checkpoint) => {
      const checked = checkCheckpoint(checkpoint);
      const stored = storeKey(key, owner);
      const moved = await changeAsHolder(
        held,
        "commit",
        (connection, holder) => commitKey(connection, stored, holder, checked),
      );
      if (!moved) holdings.remove(stored);
      return moved;
    },
    release: async (key, owner) => {
      const stored = storeKey(key, owner);
      const released = await changeAsHolder(
        held,
        "release",
        (connection, holder) => releaseKey(connection, stored, holder),
      );
      holdings.remove(stored);
      return released;
    },
    ...parkedOperations({ ...held, now, wake }),
    releaseAll: async (use) => {
      const holder = holdings.holder();
      if (holder === null) return;
      holdings.clear();
      await use("release", ({ statements }) => {
        statements.releaseAll.run(holder);
      }).catch(() => {});
      holdings.letGo();
    },
  };
}

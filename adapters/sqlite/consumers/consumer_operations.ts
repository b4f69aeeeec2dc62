import type { ConsumerKey } from "../../log/port/consumer_key.ts";
import { checkCheckpoint } from "../../log/port/checkpoint.ts";
import type { Claim, EventStore } from "../../log/port/event_store.ts";
import type { Connection } from "../file/connection.ts";
import type { Access } from "../file/create_access.ts";
import { inTransaction } from "../file/in_transaction.ts";
import { writeText } from "../file/stored_text.ts";
import {
  claimKey,
  commitKey,
  isOwner,
  listConsumers,
  releaseKey,
  type StoredKey,
  storeKey,
} from "./consumer_table.ts";
import {
  isHolderAlive,
  type OwnerLock,
  removeDeadLocks,
  takeOwnerLock,
} from "./owner_lock.ts";
import { listParked, makeDue, parkEvents } from "./parked_table.ts";

/** The part of a store that consumers use. */
export type ConsumerOperations = Pick<
  EventStore,
  | "consumers"
  | "claim"
  | "commit"
  | "release"
  | "park"
  | "parked"
  | "redeliver"
  | "unpark"
>;

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
): ConsumerOperations & { readonly releaseAll: () => Promise<void> } {
  const { use } = access;
  // What this store holds, by key, and the lock that says that it is alive.
  const held = new Map<string, string>();
  let lock: OwnerLock | null = null;
  let hasLooked = false;
  const inMemory: OwnerLock = {
    holder: "memory",
    isHeld: () => true,
    release: () => {},
  };

  function takeLock({ guard: { path } }: Connection): OwnerLock {
    if (lock?.isHeld()) return lock;
    lock?.release();
    held.clear();
    lock = null;
    if (path === "") return lock = inMemory;
    if (!hasLooked) removeDeadLocks(path);
    hasLooked = true;
    return lock = takeOwnerLock(path);
  }

  function leave(name: string): void {
    held.delete(name);
    if (held.size > 0) return;
    lock?.release();
    lock = null;
  }

  function isAlive({ guard: { path } }: Connection) {
    return (holder: string) =>
      holder === lock?.holder ? lock.isHeld() : isHolderAlive(path, holder);
  }

  async function change(
    task: string,
    key: ConsumerKey,
    owner: string,
    work: (connection: Connection, key: StoredKey) => boolean,
  ): Promise<boolean> {
    const stored = storeKey(key, owner);
    return await use(task, (connection) => {
      if (lock === null) return false;
      return inTransaction(connection.database, () => work(connection, stored));
    });
  }

  return {
    consumers: () =>
      use(
        "read the consumers",
        (connection) => listConsumers(connection, isAlive(connection)),
      ),
    claim: async (key, owner) => {
      const stored = storeKey(key, owner);
      const name = nameOf(stored);
      let isReplaced = () => false;
      const checkpoint = await use("claim", (connection) => {
        isReplaced = connection.guard.isReplaced;
        const { holder } = takeLock(connection);
        const checkpoint = inTransaction(
          connection.database,
          () => claimKey(connection, stored, holder, isAlive(connection)),
        );
        if (checkpoint !== null) held.set(name, owner);
        else leave(held.get(name) === owner ? name : "");
        return checkpoint;
      });
      const isHeld = () =>
        held.get(name) === owner && lock !== null && lock.isHeld() &&
        // Another log in its place knows nothing of the claim.
        !isReplaced();
      return checkpoint === null ? null : { checkpoint, isHeld } as Claim;
    },
    commit: async (key, owner, checkpoint) => {
      const checked = checkCheckpoint(checkpoint);
      const stored = storeKey(key, owner);
      const moved = await change(
        "commit",
        key,
        owner,
        (connection) =>
          commitKey(connection, stored, lock?.holder ?? null, checked),
      );
      if (!moved && held.get(nameOf(stored)) === owner) leave(nameOf(stored));
      return moved;
    },
    release: async (key, owner) => {
      const name = nameOf(storeKey(key, owner));
      const released = await change(
        "release",
        key,
        owner,
        (connection, stored) =>
          releaseKey(connection, stored, lock?.holder ?? null),
      );
      if (held.get(name) === owner) leave(name);
      return released;
    },
    park: (key, owner, events) =>
      change("park", key, owner, (connection, stored) => {
        if (!isOwner(connection, stored, lock?.holder ?? null)) return false;
        parkEvents(connection, stored.name, events, now());
        return true;
      }),
    parked: (name) =>
      use(
        "read what is parked",
        (connection) => listParked(connection, writeText(name), now()),
      ),
    redeliver: async (name, ids) => {
      const count = await use("redeliver", (connection) =>
        inTransaction(
          connection.database,
          () => makeDue(connection, writeText(name), ids),
        ));
      if (count > 0) wake();
      return count;
    },
    unpark: (key, owner, ids) =>
      change("unpark", key, owner, (connection, stored) => {
        if (!isOwner(connection, stored, lock?.holder ?? null)) return false;
        for (const id of ids) {
          connection.statements.unpark.run(stored.name, writeText(id));
        }
        return true;
      }),
    releaseAll: async () => {
      const { holder } = lock ?? {};
      if (holder === undefined) return;
      held.clear();
      await use("release", ({ statements }) => {
        statements.releaseAll.run(holder);
      }).catch(() => {});
      leave("");
    },
  };
}

function nameOf({ name, lane }: StoredKey): string {
  return JSON.stringify([name, lane]);
}

import { keyText } from "../../log/port/consumer_key.ts";
import type { Connection } from "../file/connection.ts";
import type { StoredKey } from "./consumer_table.ts";
import {
  isHolderAlive,
  type OwnerLock,
  removeDeadLocks,
  takeOwnerLock,
} from "./owner_lock.ts";

/** The keys that a store holds, and its lock, which tells other processes that it is alive. */
export interface Holdings {
  /** The name of the lock; null where there is none. */
  readonly holder: () => string | null;
  /**
   * Gives the name of the lock, and takes one where there is none. One that was lost is replaced, and
   * so is one that was taken for another file than the one at the path now: the keys are lost with it. A
   * copy of that file has the old name, and must not take its owner for alive.
   */
  readonly takeLock: (connection: Connection) => string;
  /** Whether a key is held under a lock that is there. */
  readonly isHeld: (key: StoredKey) => boolean;
  /** Notes a key that is held. */
  readonly add: (key: StoredKey) => void;
  /** Notes that a key is not held by its owner; the lock goes with the last one. */
  readonly remove: (key: StoredKey) => void;
  /** Notes that none is held. The lock stays, until the file says so too. */
  readonly clear: () => void;
  /** Gives the lock back where no key is held. */
  readonly letGo: () => void;
  /** Gives what tells whether the holder of a lock is alive. */
  readonly isAlive: (connection: Connection) => (holder: string) => boolean;
}

/** What a log in memory has in place of a lock: no other process knows of it. */
const inMemory: OwnerLock = {
  holder: "memory",
  isHeld: () => true,
  release: () => {},
};

/** Creates the holdings of a store that holds nothing. */
export function createHoldings(): Holdings {
  const owners = new Map<string, string>();
  let lock: OwnerLock | null = null;
  let isReplaced = () => false;
  let hasLooked = false;

  function newLock(path: string): OwnerLock {
    if (path === "") return inMemory;
    if (!hasLooked) removeDeadLocks(path);
    hasLooked = true;
    return takeOwnerLock(path);
  }

  function letGo(): void {
    if (owners.size > 0) return;
    lock?.release();
    lock = null;
  }

  return {
    holder: () => lock?.holder ?? null,
    takeLock: ({ guard }) => {
      if (lock?.isHeld() && !isReplaced()) return lock.holder;
      owners.clear();
      letGo();
      lock = newLock(guard.path);
      isReplaced = guard.isReplaced;
      return lock.holder;
    },
    isHeld: (key) =>
      owners.get(keyText(key)) === key.owner && lock !== null && lock.isHeld(),
    add: (key) => {
      owners.set(keyText(key), key.owner);
    },
    remove: (key) => {
      const text = keyText(key);
      if (owners.get(text) === key.owner) owners.delete(text);
      letGo();
    },
    clear: () => owners.clear(),
    letGo,
    isAlive: ({ guard: { path } }) => (holder) =>
      holder === lock?.holder
        ? lock.isHeld() && !isReplaced()
        : isHolderAlive(path, holder),
  };
}

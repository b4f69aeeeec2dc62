import type { Checkpoint } from "../../log/port/checkpoint.ts";
import {
  checkKey,
  type ConsumerKey,
  keyText,
} from "../../log/port/consumer_key.ts";
import type {
  Claim,
  ConsumerState,
  EventStore,
} from "../../log/port/event_store.ts";

/** A disk that notes what becomes of its consumers. */
export interface NotedDisk {
  /** The disk. */
  readonly disk: EventStore;
  /** What is known of its consumers that were claimed here, with the owners that did so. */
  readonly known: () => readonly ConsumerState[];
  /** Whether the disk gave an owner a key, and it still has it. */
  readonly isHeld: (key: ConsumerKey, owner: string) => boolean;
}

/** Makes a disk note what becomes of its consumers, so that it is known when the disk fails. */
export function noteConsumers(disk: EventStore): NotedDisk {
  const notes = new Map<string, { state: ConsumerState; claim: Claim }>();

  function note(
    key: ConsumerKey,
    owner: string,
    { checkpoint, claim }: { checkpoint: Checkpoint; claim: Claim },
  ): void {
    const { name, lane } = checkKey(key);
    notes.set(keyText(key), {
      state: { name, lane, checkpoint, owner },
      claim,
    });
  }

  function forget(key: ConsumerKey, owner: string): void {
    if (notes.get(keyText(key))?.state.owner === owner) {
      notes.delete(keyText(key));
    }
  }

  return {
    disk: {
      ...disk,
      claim: async (key, owner) => {
        const claim = await disk.claim(key, owner);
        if (claim === null) forget(key, owner);
        else note(key, owner, { checkpoint: claim.checkpoint, claim });
        return claim;
      },
      commit: async (key, owner, checkpoint) => {
        const moved = await disk.commit(key, owner, checkpoint);
        const claim = notes.get(keyText(key))?.claim;
        if (!moved) forget(key, owner);
        else if (claim !== undefined) note(key, owner, { checkpoint, claim });
        return moved;
      },
      release: async (key, owner) => {
        const released = await disk.release(key, owner);
        forget(key, owner);
        return released;
      },
    },
    known: () => [...notes.values()].map(({ state }) => state),
    isHeld: (key, owner) => {
      const found = notes.get(keyText(key));
      return found?.state.owner === owner && found.claim.isHeld();
    },
  };
}

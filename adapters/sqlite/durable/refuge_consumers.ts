import type { Checkpoint } from "../../log/port/checkpoint.ts";
import type { ConsumerKey } from "../../log/port/consumer_key.ts";
import type {
  Claim,
  ConsumerState,
  EventStore,
} from "../../log/port/event_store.ts";
import {
  type Consumers,
  createConsumers,
} from "../../log/memory/create_consumers.ts";

/** The consumers of a durable store while its disk fails. */
export interface RefugeConsumers {
  /** Those of the disk, as far as it can be read, with what changed since it failed. */
  readonly list: () => Promise<readonly ConsumerState[]>;
  readonly claim: (key: ConsumerKey, owner: string) => Promise<Claim | null>;
  readonly commit: (
    key: ConsumerKey,
    owner: string,
    checkpoint: Checkpoint,
  ) => Promise<boolean>;
  readonly release: (key: ConsumerKey, owner: string) => Promise<boolean>;
  /** Whether an owner has a key. */
  readonly isOwner: (key: ConsumerKey, owner: string) => boolean;
  /**
   * Tells the disk what changed. A checkpoint for which `isTrue` does not hold is left where the disk
   * has it, so that its events come again.
   */
  readonly moveTo: (
    disk: EventStore,
    isTrue: (checkpoint: Checkpoint) => boolean,
  ) => Promise<void>;
}

/**
 * Makes the consumers of a refuge. `known` are the states that the store has seen on its disk, with the
 * owners that claimed them here.
 */
export function createRefugeConsumers(
  disk: EventStore,
  known: readonly ConsumerState[],
): RefugeConsumers {
  const consumers: Consumers = createConsumers();
  const changed = new Map<string, { key: ConsumerKey; owner: string }>();
  const started = new Set<string>();

  for (const { name, lane, checkpoint, owner } of known) {
    begin({ name, lane }, checkpoint, owner);
  }

  function begin(
    key: ConsumerKey,
    checkpoint: Checkpoint,
    owner: string | null,
  ): void {
    const first = owner ?? "disk";
    started.add(nameOf(key));
    consumers.claim(key, first);
    consumers.commit(key, first, checkpoint, 0);
    if (owner === null) consumers.release(key, first, () => false);
  }

  async function look(key: ConsumerKey): Promise<ConsumerState | null> {
    const states = await disk.consumers().catch(() => []);
    const { name, lane = "" } = key;
    return states.find((each) => each.name === name && each.lane === lane) ??
      null;
  }

  async function list(): Promise<readonly ConsumerState[]> {
    const onDisk = await disk.consumers().catch(() => []);
    return [
      ...onDisk.filter((state) => !started.has(nameOf(state))),
      ...consumers.list(),
    ];
  }

  return {
    list,
    claim: async (key, owner) => {
      if (!started.has(nameOf(key))) {
        const state = await look(key);
        // Another process has it, whose disk may work.
        if (state?.owner && state.owner !== owner) return null;
        if (state !== null) begin(key, state.checkpoint, null);
      }
      const claim = consumers.claim(key, owner);
      if (claim === null) return null;
      started.add(nameOf(key));
      changed.set(nameOf(key), { key, owner });
      return claim;
    },
    commit: (key, owner, checkpoint) => {
      const moved = consumers.commit(key, owner, checkpoint, 0);
      if (moved) changed.set(nameOf(key), { key, owner });
      return Promise.resolve(moved);
    },
    release: (key, owner) => {
      const released = consumers.release(key, owner, () => false);
      if (released) changed.set(nameOf(key), { key, owner });
      return Promise.resolve(released);
    },
    isOwner: consumers.isOwner,
    moveTo: async (disk, isTrue) => {
      for (const { key, owner } of changed.values()) {
        const { name, lane = "" } = key;
        const state = consumers.list()
          .find((each) => each.name === name && each.lane === lane);
        if (await disk.claim(key, owner) === null || state === undefined) {
          continue;
        }
        if (isTrue(state.checkpoint)) {
          await disk.commit(key, owner, state.checkpoint);
        }
        if (state.owner !== owner) await disk.release(key, owner);
      }
    },
  };
}

function nameOf({ name, lane = "" }: ConsumerKey): string {
  return JSON.stringify([name, lane]);
}

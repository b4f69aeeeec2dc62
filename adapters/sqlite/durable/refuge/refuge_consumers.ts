import { type Checkpoint, isSettled } from "../../../log/port/checkpoint.ts";
import {
  type ConsumerKey,
  keyText,
  redeliveryLane,
  wholeLog,
} from "../../../log/port/consumer_key.ts";
import type {
  ConsumerState,
  EventStore,
} from "../../../log/port/event_store.ts";
import {
  type Consumers,
  createConsumers,
} from "../../../log/memory/create_consumers.ts";
import {
  type ClosedKey,
  type ConsumerMove,
  moveConsumers,
  type OwnedKey,
} from "./move_consumers.ts";

/** The consumers of a durable store while its disk fails. */
export interface RefugeConsumers
  extends Pick<EventStore, "claim" | "commit" | "release"> {
  /** Those of the disk, as far as it can be read, with what changed since it failed. */
  readonly list: EventStore["consumers"];
  /** Whether an owner has a key. */
  readonly isOwner: (key: ConsumerKey, owner: string) => boolean;
  /** Gives all owners that have had a key: the disk may have it for one that gave it up meanwhile. */
  readonly ownersOf: (key: ConsumerKey) => readonly string[];
  /** Whether a lane was claimed while the disk could not tell what of it is settled. */
  readonly isUnknown: (lane: string) => boolean;
  /** Whether all that is known of a lane have settled the event at a position. */
  readonly isSettled: (lane: string, position: number) => boolean;
  /** Tells the disk what changed, and gives the keys that were given up. */
  readonly moveTo: (
    disk: EventStore,
    move: Omit<ConsumerMove, "ownersOf">,
  ) => Promise<readonly ClosedKey[]>;
}

/**
 * Makes the consumers of a refuge. `known` are the states that the store has seen on its disk, with the
 * owners that claimed them here, and `base` is the last position of the disk that is known.
 */
export function createRefugeConsumers(
  disk: EventStore,
  known: readonly ConsumerState[],
  base: number,
): RefugeConsumers {
  const consumers: Consumers = createConsumers();
  const changed = new Map<string, OwnedKey>();
  const started = new Set<string>();
  const unknown = new Set<string>();
  // Keys that are lost here, of which the disk may still say that an owner has them.
  const lost = new Map<string, OwnedKey>();
  const owners = new Map<string, Set<string>>();

  for (const { name, lane, checkpoint, owner } of known) {
    const key = { name, lane };
    if (owner === null || isKept(lane, owner)) begin(key, checkpoint, owner);
    else lost.set(keyText(key), { key, owner });
  }

  function begin(
    key: ConsumerKey,
    checkpoint: Checkpoint,
    owner: string | null,
  ): void {
    const first = owner ?? "disk";
    if (owner !== null) note(key, owner);
    started.add(keyText(key));
    consumers.claim(key, first);
    // What is held comes after the base: a later position of the disk must not stand for that.
    consumers.commit(key, first, {
      position: Math.min(checkpoint.position, base),
      unsettled: checkpoint.unsettled.filter((position) => position <= base),
    }, 0);
    if (owner === null) consumers.release(key, first, () => false);
  }

  function note(key: ConsumerKey, owner: string): void {
    const text = keyText(key);
    owners.set(text, (owners.get(text) ?? new Set()).add(owner));
  }

  function ownersOf(key: ConsumerKey): readonly string[] {
    return [...owners.get(keyText(key)) ?? []];
  }

  async function list(): Promise<readonly ConsumerState[]> {
    const onDisk = await disk.consumers().catch(() => []);
    return [
      ...onDisk.filter((state) => !started.has(keyText(state))),
      ...consumers.list(),
    ];
  }

  return {
    list,
    claim: async (key, owner) => {
      if (!started.has(keyText(key))) {
        const state = await findState(disk, key);
        if (!mayClaim(key, owner, state)) {
          lost.set(keyText(key), { key, owner });
          return null;
        }
        if (state) begin(key, state.checkpoint, null);
        if (state === undefined) unknown.add(key.lane ?? wholeLog);
      }
      const claim = consumers.claim(key, owner);
      if (claim === null) return null;
      started.add(keyText(key));
      note(key, owner);
      changed.set(keyText(key), { key, owner });
      return claim;
    },
    commit: (key, owner, checkpoint) => {
      const moved = consumers.commit(key, owner, checkpoint, 0);
      if (moved) changed.set(keyText(key), { key, owner });
      return Promise.resolve(moved);
    },
    release: (key, owner) => {
      const released = consumers.release(key, owner, () => false);
      if (released) changed.set(keyText(key), { key, owner });
      return Promise.resolve(released);
    },
    isOwner: consumers.isOwner,
    ownersOf,
    isUnknown: (lane) => unknown.has(lane),
    isSettled: (lane, position) => {
      const states = consumers.list().filter((state) => state.lane === lane);
      return states.length > 0 &&
        states.every(({ checkpoint }) => isSettled(checkpoint, position));
    },
    moveTo: async (disk, move) => {
      for (const { key, owner } of lost.values()) {
        await disk.release(key, owner);
      }
      const moving = new Map(changed);
      for (const { name, lane, owner } of move.isTrue ? [] : consumers.list()) {
        const key = { name, lane };
        if (owner !== null) moving.set(keyText(key), { key, owner });
      }
      return await moveConsumers(disk, moving.values(), consumers.list, {
        ...move,
        ownersOf,
      });
    },
  };
}

// Null where the disk does not have a key, undefined where it can't tell.
async function findState(
  disk: EventStore,
  { name, lane = wholeLog }: ConsumerKey,
): Promise<ConsumerState | null | undefined> {
  const states = await disk.consumers().catch(() => undefined);
  return states &&
    (states.find((each) => each.name === name && each.lane === lane) ?? null);
}

// Whether an owner may have a key here, of which the disk has a state.
function mayClaim(
  { lane = wholeLog }: ConsumerKey,
  owner: string,
  state: ConsumerState | null | undefined,
): boolean {
  // Another process has it, whose disk may work.
  if (state?.owner && state.owner !== owner) return false;
  if (lane === wholeLog || lane === redeliveryLane) return true;
  // Who may take over what another client left, the disk alone can tell. One that it does not have any
  // more is done. It has one that it was asked for as it failed.
  return lane === owner && (!state || state.owner === owner);
}

// What another client left is all on the disk: its lane is for an owner that can reach it.
function isKept(lane: string, owner: string): boolean {
  return lane === wholeLog || lane === redeliveryLane || lane === owner;
}

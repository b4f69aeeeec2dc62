import {
  checkCheckpoint,
  type Checkpoint,
  noCheckpoint,
  passOver,
} from "../port/checkpoint.ts";
import {
  checkKey,
  checkOwner,
  type ConsumerKey,
  redeliveryLane,
  wholeLog,
} from "../port/consumer_key.ts";
import type { Claim, ConsumerState } from "../port/event_store.ts";

/** The consumers of a store in memory, and the owners of their lanes. An owner is one until it releases. */
export interface Consumers {
  /** All of them. */
  readonly list: () => readonly ConsumerState[];
  /** Claims a key; null where another owner has it. */
  readonly claim: (key: ConsumerKey, owner: string) => Claim | null;
  /** Whether an owner has a key. */
  readonly isOwner: (key: ConsumerKey, owner: string) => boolean;
  /** Sets a checkpoint, where the owner has the key. */
  readonly commit: (
    key: ConsumerKey,
    owner: string,
    checkpoint: Checkpoint,
    pruned: number,
  ) => boolean;
  /** Gives a key up; a lane for which `isDone` holds is forgotten. */
  readonly release: (
    key: ConsumerKey,
    owner: string,
    isDone: (state: ConsumerState) => boolean,
  ) => boolean;
  /** Moves all checkpoints past a position whose events left. */
  readonly passOver: (through: number) => void;
  /** Ends all ownership. */
  readonly clear: () => void;
}

/** Makes the table of consumers. */
export function createConsumers(): Consumers {
  const names = new Map<string, Map<string, ConsumerState>>();
  const find = (key: ConsumerKey) => {
    const { name, lane } = checkKey(key);
    return names.get(name)?.get(lane);
  };
  const put = (state: ConsumerState) => {
    let lanes = names.get(state.name);
    if (lanes === undefined) names.set(state.name, lanes = new Map());
    lanes.set(state.lane, state);
  };
  const list = () =>
    [...names.values()].flatMap((lanes) => [...lanes.values()]);
  const isOwner = (key: ConsumerKey, owner: string) => {
    checkOwner(owner);
    return find(key)?.owner === owner;
  };
  return {
    list,
    isOwner,
    claim: (key, owner) => {
      checkOwner(owner);
      const { name, lane } = checkKey(key);
      const known = find(key);
      const other = known?.owner ?? null;
      if (other !== null && other !== owner) return null;
      const checkpoint = known?.checkpoint ?? noCheckpoint;
      put({ name, lane, checkpoint, owner });
      return { checkpoint, isHeld: () => find(key)?.owner === owner };
    },
    commit: (key, owner, checkpoint, pruned) => {
      const next = checkCheckpoint(checkpoint);
      if (!isOwner(key, owner)) return false;
      put({ ...find(key)!, checkpoint: passOver(next, pruned) });
      return true;
    },
    release: (key, owner, isDone) => {
      if (!isOwner(key, owner)) return false;
      const state = { ...find(key)!, owner: null };
      put(state);
      if (
        state.lane !== wholeLog &&
        (state.lane === redeliveryLane || isDone(state))
      ) names.get(state.name)!.delete(state.lane);
      return true;
    },
    passOver: (through) => {
      for (const state of list()) {
        const checkpoint = passOver(state.checkpoint, through);
        if (checkpoint !== state.checkpoint) put({ ...state, checkpoint });
      }
    },
    clear: () => {
      for (const state of list()) put({ ...state, owner: null });
    },
  };
}

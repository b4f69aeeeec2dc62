import { type ConsumerKey, keyText } from "../../../log/port/consumer_key.ts";
import type { EventStore } from "../../../log/port/event_store.ts";
import type { ParkedOperations } from "../../../log/port/operations.ts";
import { claimFor, type OwnedKey } from "./move_consumers.ts";
import type { RefugeConsumers } from "./refuge_consumers.ts";

/** What consumers park while the disk of a durable store fails. */
export interface RefugeParked {
  /** The operations on it. */
  readonly operations: ParkedOperations;
  /** Tells the disk what changed, under a key of each name, and gives those. */
  readonly moveTo: (disk: EventStore) => Promise<readonly OwnedKey[]>;
}

/** The owner of what is parked in memory, where ownership is settled elsewhere. */
const keeper = "keeper";

/** Makes the parked lists of a refuge: those of the disk, as far as it can be read, and what came since. */
export function createRefugeParked(
  disk: EventStore,
  memory: EventStore,
  { isOwner, ownersOf }: Pick<RefugeConsumers, "isOwner" | "ownersOf">,
): RefugeParked {
  const owners = new Map<string, Map<string, OwnedKey>>();
  const gone = new Map<string, Set<string>>();
  const due = new Map<string, Set<string>>();
  const setOf = (sets: Map<string, Set<string>>, name: string) => {
    const set = sets.get(name) ?? new Set();
    sets.set(name, set);
    return set;
  };

  const note = (key: ConsumerKey, owner: string) => {
    const keys = owners.get(key.name) ?? new Map<string, OwnedKey>();
    owners.set(key.name, keys.set(keyText(key), { key, owner }));
  };

  const parked: ParkedOperations["parked"] = async (name) => {
    const held = await memory.parked(name);
    const ids = new Set(held.map(({ event }) => event.id));
    const older = await disk.parked(name).catch(() => []);
    return [
      ...older.filter(({ event }) =>
        !ids.has(event.id) && !gone.get(name)?.has(event.id)
      ).map((each) => ({
        ...each,
        isDue: each.isDue || due.get(name)?.has(each.event.id) === true,
      })),
      ...held,
    ];
  };

  return {
    operations: {
      park: async (key, owner, events) => {
        if (!isOwner(key, owner)) return false;
        note(key, owner);
        await memory.claim({ name: key.name }, keeper);
        for (const { event } of events) gone.get(key.name)?.delete(event.id);
        return await memory.park({ name: key.name }, keeper, events);
      },
      parked,
      redeliver: async (name, ids) => {
        const waiting = (await parked(name)).filter(({ event, isDue }) =>
          !isDue && (ids === undefined || ids.includes(event.id))
        ).map(({ event }) => event.id);
        await memory.redeliver(name, waiting);
        for (const id of waiting) setOf(due, name).add(id);
        return waiting.length;
      },
      unpark: async (key, owner, ids) => {
        if (!isOwner(key, owner)) return false;
        note(key, owner);
        await memory.claim({ name: key.name }, keeper);
        for (const id of ids) setOf(gone, key.name).add(id);
        return await memory.unpark({ name: key.name }, keeper, ids);
      },
    },
    moveTo: async (disk) => {
      const claimed: OwnedKey[] = [];
      for (const [name, keys] of owners) {
        const found = await claimAny(disk, keys.values(), ownersOf);
        if (found === null) continue;
        claimed.push(found);
        const { key, owner } = found;
        const held = await memory.parked(name);
        if (held.length > 0) await disk.park(key, owner, held);
        const ids = [...gone.get(name) ?? []];
        if (ids.length > 0) await disk.unpark(key, owner, ids);
      }
      for (const [name, ids] of due) await disk.redeliver(name, [...ids]);
      return claimed;
    },
  };
}

async function claimAny(
  disk: EventStore,
  keys: Iterable<OwnedKey>,
  ownersOf: RefugeConsumers["ownersOf"],
): Promise<OwnedKey | null> {
  for (const { key, owner } of keys) {
    const claimed = await claimFor(disk, key, [owner, ...ownersOf(key)]);
    if (claimed !== null) return { key, owner: claimed.by };
  }
  return null;
}

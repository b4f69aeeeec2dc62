import { checkCheckpoint } from "../../log/port/checkpoint.ts";
import {
  checkKey,
  checkOwner,
  type ConsumerKey,
} from "../../log/port/consumer_key.ts";
import type { ConsumerOperations } from "../../log/port/operations.ts";
import type { NotedDisk } from "./note_consumers.ts";
import type { DurableAccess } from "./create_durable_access.ts";

/**
 * The operations of a durable store on its consumers. Owners stay what they are while the disk fails,
 * as far as this process knows; when it works again their claims are made there. Where events got other
 * positions by that, all claims end, and are made anew by those who want them.
 */
export function durableConsumers(
  { disk, isHeld }: NotedDisk,
  { inTurn, ask, see, refuge, reopen, wakeups, moves }: DurableAccess,
): ConsumerOperations {
  function isStillHeld(key: ConsumerKey, owner: string): boolean {
    const held = refuge();
    return held === null ? isHeld(key, owner) : held.owners.isOwner(key, owner);
  }

  return {
    consumers: () => ask(disk.consumers, (held) => held.consumers()),
    claim: async (key, owner) => {
      checkKey(key);
      checkOwner(owner);
      return await inTurn(async () => {
        const given = await ask(
          async () => {
            const claim = await disk.claim(key, owner);
            see(claim?.checkpoint.position ?? 0);
            return claim;
          },
          (held) => held.claim(key, owner),
        );
        // The disk may have failed meanwhile at something else: who claimed it there goes on without it.
        const held = refuge();
        const claim = given && held ? await held.claim(key, owner) : given;
        if (claim !== null) reopen(key, owner);
        // Who claimed it before events got other positions counts by those that are no more.
        const since = moves();
        return claim === null ? null : {
          checkpoint: claim.checkpoint,
          isHeld: () => moves() === since && isStillHeld(key, owner),
        };
      });
    },
    commit: async (key, owner, checkpoint) => {
      checkKey(key);
      checkOwner(owner);
      const next = checkCheckpoint(checkpoint);
      return await inTurn(() =>
        ask(
          () => disk.commit(key, owner, next),
          (held) => held.commit(key, owner, next),
        )
      );
    },
    release: async (key, owner) => {
      checkKey(key);
      checkOwner(owner);
      return await inTurn(() =>
        ask(
          () => disk.release(key, owner),
          (held) => held.release(key, owner),
        )
      );
    },
    park: (key, owner, events) =>
      inTurn(() =>
        ask(
          () => disk.park(key, owner, events),
          (held) => held.park(key, owner, events),
        )
      ),
    parked: (name) => ask(() => disk.parked(name), (held) => held.parked(name)),
    redeliver: async (name, ids) => {
      const count = await inTurn(() =>
        ask(
          () => disk.redeliver(name, ids),
          (held) => held.redeliver(name, ids),
        )
      );
      if (count > 0) wakeups.next();
      return count;
    },
    unpark: (key, owner, ids) =>
      inTurn(() =>
        ask(
          () => disk.unpark(key, owner, ids),
          (held) => held.unpark(key, owner, ids),
        )
      ),
  };
}

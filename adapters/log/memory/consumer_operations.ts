import type { Clock } from "../../support/time/clock.ts";
import { checkIds } from "../port/check_ids.ts";
import type { ConsumerOperations } from "../port/operations.ts";
import type { Consumers } from "./create_consumers.ts";
import type { Entries } from "./create_entries.ts";
import type { ParkedLists } from "./create_parked_lists.ts";

/** What {@linkcode consumerOperations} needs. */
export interface ConsumerSetting {
  /** Does something at once; rejects where the store is closed. */
  readonly whileOpen: <Result>(action: () => Result) => Promise<Result>;
  readonly entries: Entries;
  readonly consumers: Consumers;
  /** What is parked. */
  readonly lists: ParkedLists;
  /** Tells the time. */
  readonly clock: Pick<Clock, "now">;
  /** Is called where parked events became due. */
  readonly wake: () => void;
}

/** The operations of a store in memory on its consumers, and on what they have parked. */
export function consumerOperations(
  { whileOpen, entries, consumers, lists, clock, wake }: ConsumerSetting,
): ConsumerOperations {
  return {
    consumers: () => whileOpen(consumers.list),
    claim: (key, owner) => whileOpen(() => consumers.claim(key, owner)),
    commit: (key, owner, checkpoint) =>
      whileOpen(() =>
        consumers.commit(
          key,
          owner,
          checkpoint,
          Math.max(0, entries.first() - 1),
        )
      ),
    release: (key, owner) =>
      whileOpen(() =>
        consumers.release(
          key,
          owner,
          ({ lane, checkpoint }) =>
            checkpoint.unsettled.length === 0 &&
            entries.after(checkpoint.position, 1, lane).length === 0,
        )
      ),
    park: (key, owner, events) =>
      whileOpen(() => {
        if (!consumers.isOwner(key, owner)) return false;
        lists.add(key.name, events, clock.now());
        return true;
      }),
    parked: (name) => whileOpen(() => lists.list(name, clock.now())),
    redeliver: (name, ids) =>
      whileOpen(() => {
        checkIds(ids);
        const count = lists.makeDue(name, ids);
        if (count > 0) wake();
        return count;
      }),
    unpark: (key, owner, ids) =>
      whileOpen(() => {
        if (!consumers.isOwner(key, owner)) return false;
        lists.remove(key.name, ids);
        return true;
      }),
  };
}

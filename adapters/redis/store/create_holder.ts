import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import { renewScript } from "../scripts/consumer_scripts.ts";
import type { LogAccess } from "./create_log_access.ts";

/** What a store holds on behalf of its owners, and the sign of life that says so in Redis. */
export interface Holder {
  /** The name under which the sign of life is in Redis; another one once all was lost. */
  readonly id: () => string;
  /** How long it counts, in milliseconds. */
  readonly lifetime: number;
  /** Tells the time by which {@linkcode confirm} is given its moment. */
  readonly time: () => number;
  /** Notes that an owner has a key, by the name and since the moment with which Redis was asked. */
  readonly hold: (
    key: string,
    owner: string,
    by: { readonly id: string; readonly asked: number },
  ) => void;
  /** Notes that the sign of life was given, at a moment at which Redis was asked. */
  readonly confirm: (asked: number) => void;
  /** Notes that a key is not held any more. */
  readonly drop: (key: string) => void;
  /** Whether an owner has a key, as far as is known. */
  readonly isHeld: (key: string, owner: string) => boolean;
  /** Notes that a key is still to be given back, and how: it is tried again with each sign of life. */
  readonly owe: (key: string, giveBack: () => Promise<unknown>) => void;
  /** Gives a key back that still is to be; rejects where that fails again. */
  readonly settle: (key: string) => Promise<void>;
  /** Notes that nothing is held any more. */
  readonly dropAll: () => void;
}

/**
 * Makes the holder. While it holds something, it says so every third of the lifetime. Once Redis was
 * not told for the lifetime, by the monotonic clock here, all is lost: others may have claimed it.
 */
export function createHolder(
  access: Pick<LogAccess, "run" | "isClosed">,
  lifetime: number,
  clock: Clock,
): Holder {
  const held = new Map<string, string>();
  // Others can't claim what Redis was not told of while there are signs of life.
  const owed = new Map<string, () => Promise<unknown>>();
  const time = monotonicTime(clock);
  let id = crypto.randomUUID();
  let aliveUntil = -Infinity;
  let cancel: (() => void) | null = null;

  // What was lost must not live on by the signs of life that follow.
  const loseAll = () => {
    held.clear();
    owed.clear();
    id = crypto.randomUUID();
    aliveUntil = -Infinity;
  };
  const lapse = () => {
    if (held.size > 0 && time() >= aliveUntil) loseAll();
  };
  const confirm = (asked: number) => {
    lapse();
    aliveUntil = Math.max(aliveUntil, asked + lifetime);
  };
  const settle = async (key: string) => {
    const giveBack = owed.get(key);
    await giveBack?.();
    if (owed.get(key) === giveBack) owed.delete(key);
  };
  const renew = async () => {
    lapse();
    if (held.size === 0 || access.isClosed()) return;
    const asked = time();
    const asker = id;
    const list = [...held];
    const { result } = await access.run(renewScript, {
      task: "renew the claims",
      args: [id, String(lifetime), ...list.flat()],
      timeout: lifetime / 3,
    });
    if (asker !== id) return;
    confirm(asked);
    for (const each of result) {
      const [key, owner] = list[Number(each)]!;
      if (held.get(key) === owner) held.delete(key);
    }
    for (const key of [...owed.keys()]) await settle(key);
  };
  const schedule = () => {
    if (cancel !== null || held.size === 0) return;
    cancel = clock.setTimer(
      () => {
        cancel = null;
        // What went wrong is in the status, and the next call tries again.
        renew().catch(() => {}).finally(schedule);
      },
      lifetime / 3,
      false,
    );
  };
  const stopIfIdle = () => {
    if (held.size > 0) return;
    cancel?.();
    cancel = null;
  };
  return {
    id: () => {
      lapse();
      return id;
    },
    lifetime,
    time,
    confirm,
    hold: (key, owner, by) => {
      confirm(by.asked);
      // It took so long that all else was lost meanwhile.
      if (by.id !== id) return;
      held.set(key, owner);
      schedule();
    },
    drop: (key) => {
      held.delete(key);
      stopIfIdle();
    },
    isHeld: (key, owner) => {
      lapse();
      return held.get(key) === owner;
    },
    owe: (key, giveBack) => {
      owed.set(key, giveBack);
    },
    settle,
    dropAll: () => {
      loseAll();
      stopIfIdle();
    },
  };
}

import type { DropReason } from "../../../core/events/types/tracking_event.ts";
import { type Clock, monotonicTime } from "../../support/time/clock.ts";
import { excessScript, pruneScript } from "../scripts/prune_scripts.ts";
import type { LogAccess, LogAnswer } from "./create_log_access.ts";
import type { StatusKeeper } from "./create_status.ts";
import type { RedisRetention } from "./redis_store_options.ts";

/** How many events go in one script, so that no other command waits for long. */
const chunk = 1_000;

/** How far Redis's clock may be from the one here, in milliseconds, for events to go by their age. */
const believable = 3_600_000;

/** What removing events needs. */
export interface PruneSetting {
  readonly access: LogAccess;
  readonly rememberedIds: number;
  /** Makes the ids of events that tell of losses. */
  readonly createId: () => string;
}

/** Removes the events up to a position, a chunk at a time. Gives how many are gone. */
export async function pruneLog(
  { access, rememberedIds, createId }: PruneSetting,
  through: number,
  reason: DropReason,
): Promise<number> {
  let total = 0;
  for (let ids = 8;;) {
    const { result } = await access.run(pruneScript, {
      task: "prune",
      args: [
        ...[String(through), reason, String(rememberedIds), String(chunk)],
        ...Array.from({ length: ids }, createId),
      ],
    });
    const [removed, more] = result.map(Number);
    if (removed === -1) {
      ids = more! + 8;
      continue;
    }
    total += removed!;
    if (more !== 1) return total;
  }
}

/**
 * Makes what keeps a log within its bounds. It is told of each append, looks now and then, and removes
 * the oldest events where there are too many. One look goes on at a time.
 */
export function createRetention(
  setting: PruneSetting,
  {
    capacity = 1_000_000,
    maxAge = 7 * 86_400_000,
    maxBytes = 2 ** 29,
  }: RedisRetention,
  { clock, status, hasOwnTime }: {
    readonly clock: Clock;
    readonly status: Pick<StatusKeeper, "warn" | "clear">;
    /** Whether the time is given by a test. */
    readonly hasOwnTime: boolean;
  },
): (answer: LogAnswer, count: number) => void {
  const { access } = setting;
  const step = Math.max(1, Math.min(1_000, capacity / 10));
  const period = Math.min(60_000, maxAge / 10);
  const passed = monotonicTime(clock);
  let added = 0;
  let lookedAt = -Infinity;
  let isLooking = false;
  let next: LogAnswer | null = null;

  const since = (now: number): string => {
    if (!Number.isFinite(maxAge)) return "";
    const away = Math.abs(now - clock.now());
    if (hasOwnTime || away <= believable) {
      status.clear("clock");
      return String(Math.floor(now - maxAge));
    }
    status.warn(
      "clock",
      `Redis's clock and the one here differ by ${
        Math.round(away / 60_000)
      } minutes: no event is removed for its age`,
    );
    return "";
  };
  // What comes meanwhile, such as an event that tells of losses, is for the next look.
  const look = async ({ now, last }: LogAnswer) => {
    for (let done = 0; done < last;) {
      const { result } = await access.run(excessScript, {
        task: "look at the size of the log",
        args: [
          Number.isFinite(capacity) ? String(Math.floor(capacity)) : "",
          Number.isFinite(maxBytes) ? String(Math.floor(maxBytes)) : "",
          since(now),
        ],
      });
      const [through, reason] = result;
      if (through === undefined) return;
      done = Number(through);
      await pruneLog(setting, done, reason as DropReason);
    }
  };
  const begin = (answer: LogAnswer) => {
    added = 0;
    lookedAt = passed();
    isLooking = true;
    next = null;
    // What was appended is there, whatever becomes of this. The next look tries again.
    look(answer).catch(() => {}).finally(() => {
      isLooking = false;
      if (next !== null) begin(next);
    });
  };
  return (answer, count) => {
    added += count;
    const isTooMuch = answer.last - answer.first + 1 > capacity ||
      answer.bytes > maxBytes;
    const isDue = added >= step && isTooMuch || passed() - lookedAt >= period;
    if (!isDue) return;
    // Nothing may be appended afterwards that would tell of it again.
    if (isLooking) next = answer;
    else begin(answer);
  };
}

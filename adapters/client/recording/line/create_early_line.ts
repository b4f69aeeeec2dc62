import type { EventsDroppedData } from "../../../../core/events/types/tracking_event.ts";
import type { ErasedUser } from "../../../log/port/is_about.ts";
import { attempt } from "../../../support/attempt.ts";
import { isPage } from "../../../support/late_code.ts";
import { createEarlyConsumer } from "../consumers/create_early_consumer.ts";
import { wants } from "../consumers/client_consumer.ts";
import type { Entry } from "../entry.ts";
import { createLoader } from "./create_loader.ts";
import { importLine } from "./import_line.ts";
import type { Line, LineOptions } from "./line.ts";

/** The most turns with losses that are remembered until then. */
const mostLosses = 1_000;

/**
 * Makes the line until there is one with engines, which is loaded when something needs it: a sink, a callback
 * that failed, or a store. Without a store subscribers hear of an entry at once, and a tracking callback gets it
 * soon; nothing becomes JSON. What goes to a store waits. `become` is given the line that goes on.
 */
export function createEarlyLine(
  options: LineOptions,
  become: (line: Line) => void,
  load: typeof importLine = importLine,
): Line {
  const { store, consumers, waiting, isPaused, tally, clock } = options;
  const isStored = store !== undefined;
  // What waits may be about them, which the code tells that is loaded.
  const erased: ErasedUser[] = [];
  // What is told of losses takes no room of what waits: the code that is loaded adds them up.
  const lost: EventsDroppedData[] = [];
  let late: Line | null = null;
  let isStopped = false;

  const loader = createLoader(async () => {
    const make = await load(options, early);
    if (isStopped) return;
    late = make();
    become(late);
    erased.forEach(late.forget);
    lost.forEach((loss) => late!.lose?.(loss));
    if (isPaused()) late.pause();
    else late.nudge();
  }, options);
  const early = (isStored ? [] : consumers).map((consumer) =>
    createEarlyConsumer(consumer, { ...options, wantEngine: loader.want })
  );
  const give = (entry: Entry) => {
    for (const { consumer, add } of early) {
      if (wants(consumer, entry)) add(entry);
    }
    options.tell(entry);
  };
  const giveWaiting = () => {
    // A subscriber may pause it.
    while (!isPaused() && waiting.length() > 0) waiting.take(1).forEach(give);
  };
  const isDone = () =>
    !isStored && early.every(({ unsettled }) => unsettled().length === 0);

  if (consumers.length > 0) {
    if (isStored) {
      // Others may have left something in the store, though this client never records anything. At the top of a
      // module, where a runtime has no timers, that has time until it does.
      attempt(() => void clock.setTimer(loader.want, 0, false), () => {});
    } else if (!isPage()) {
      // Anywhere but in a page it costs nothing to have at hand what a failed call needs.
      load(options, early).catch(() => {});
    }
  }
  return {
    give: isStored ? null : give,
    lose: (loss) => {
      if (lost.length < mostLosses) lost.push(loss);
    },
    nudge: isStored ? loader.want : giveWaiting,
    pause: () => {},
    resume: () => early.forEach(({ nudge }) => nudge()),
    viewOf: (name) => ({
      unsettled: early.find(({ consumer }) => consumer.name === name)
        ?.unsettled() ?? [],
      pausedBecause: isPaused() ? "consent" : null,
      lastError: loader.lastError(),
    }),
    inHand: () => [],
    flush: async (deadline) => {
      early.forEach(({ run }) => run());
      if (isDone()) return true;
      const isIdle = !isStored && isPaused() &&
        !early.some(({ isCalling }) => isCalling());
      if (isStopped || isIdle) return false;
      await options.within(loader.load(), deadline(), clock);
      return await late?.flush(deadline) ?? isDone();
    },
    forget: (user) => {
      erased.push(user);
      loader.want();
    },
    stop: () => {
      isStopped = true;
      loader.stop();
      for (const { end } of early) {
        for (const [, call] of end().begun) call.abort();
      }
      tally.abandon();
      return [];
    },
    close: () => Promise.resolve(),
  };
}

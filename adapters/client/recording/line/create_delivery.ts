import type { EventsDroppedData } from "../../../../core/events/types/tracking_event.ts";
import type { FlushReport } from "../../client.ts";
import { reportOf, wants } from "../consumers/client_consumer.ts";
import type { DeliveryReport } from "../consumers/consumer_report.ts";
import type { Entry } from "../entry.ts";
import { createEarlyLine } from "./create_early_line.ts";
import { createWaitingList } from "./create_waiting_list.ts";
import type { LineOptions } from "./line.ts";

/** Where what a client records goes, and what became of it. */
export interface Delivery {
  /** Takes an entry. */
  readonly record: (entry: Entry) => void;
  /** Has the store told of a loss, where there is one. */
  readonly lose: (loss: EventsDroppedData) => void;
  /** Lets everything that is recorded wait. */
  readonly pause: () => void;
  /** Goes on; with `discard`, without what waits. */
  readonly resume: (options?: ResumeOptions) => void;
  /** What became of everything that was recorded. */
  readonly deliveries: () => DeliveryReport;
  /** Waits, so many milliseconds at most, until everything is where it belongs. Never rejects. */
  readonly flush: (timeout: number) => Promise<FlushReport>;
  /** Ends it all, and gives what became of it. Never rejects. */
  readonly close: (timeout: number) => Promise<FlushReport>;
}

/** How tracking goes on after a pause. */
export interface ResumeOptions {
  /** Whether what was recorded during the pause is forgotten, as if it had never been; false by default. */
  readonly discard?: boolean;
}

/** What a delivery is made with. */
export type DeliveryOptions = Omit<LineOptions, "waiting" | "isPaused">;

/**
 * Makes the delivery: what is recorded waits, for consent or for its turn, until the line takes it that
 * leads to the consumers.
 */
export function createDelivery(
  isPausedAtFirst: boolean,
  options: DeliveryOptions,
): Delivery {
  const { store, consumers, tally, clock, passed, onError } = options;
  const waiting = createWaitingList<Entry>(options);
  let isPaused = isPausedAtFirst;
  let isClosing = false;
  let lostBefore = 0;
  let line = createEarlyLine(
    { ...options, waiting, isPaused: () => isPaused },
    (loaded) => line = loaded,
  );
  const erasing = store?.erasures?.subscribe({
    next: (user) => line.forget(user),
    error: onError,
  });

  const deliveries = (): DeliveryReport => {
    const left = [...line.inHand(), ...waiting.all()];
    const reports = tally.counted.map((each) => {
      const wanted = left.filter((entry) => wants(each, entry));
      const report = reportOf(each, line.viewOf(each.name), wanted);
      return [each.name, report];
    });
    return Object.fromEntries(reports);
  };
  const settle = async (deadline: () => number) => {
    const isHeld = isPaused && waiting.length() > 0;
    const isSettled = await line.flush(deadline).catch((error) => {
      onError(error);
      return false;
    });
    const lost = tally.lost();
    const isDelivered = isSettled && !isHeld && lost === lostBefore;
    lostBefore = lost;
    return isDelivered;
  };
  return {
    record: (entry) => {
      if (isClosing) return;
      tally.count(entry, "recorded", 1);
      if (!isPaused && line.give !== null) return line.give(entry);
      const dropped = waiting.add(entry);
      if (dropped.length > 0) tally.drop(dropped, "overflow");
      if (!isPaused) line.nudge();
    },
    lose: (loss) => line.lose?.(loss),
    pause: () => {
      isPaused = true;
      line.pause();
    },
    resume: (options) => {
      // Only a clear yes is a yes: what is discarded does not come back.
      if (isPaused && options?.discard === true) {
        tally.forget(waiting.take(Infinity));
      }
      isPaused = false;
      line.resume();
      line.nudge();
    },
    deliveries,
    flush: async (timeout) => ({
      isDelivered: await settle(deadlineOf(timeout, passed)),
      consumers: deliveries(),
    }),
    close: async (timeout) => {
      const deadline = deadlineOf(timeout, passed);
      const isDelivered = await settle(deadline);
      isClosing = true;
      // The line may count all that is pending then, so that what waits goes before.
      tally.drop(waiting.take(Infinity), "closed");
      tally.drop(line.stop(), "closed");
      erasing?.unsubscribe();
      const closed = Promise.all([
        line.close(),
        ...consumers.map(async ({ sink }) => await sink?.close?.()),
      ]);
      await options.within(closed.catch(onError), deadline(), clock);
      return {
        isDelivered: isDelivered && tally.lost() === lostBefore,
        consumers: deliveries(),
      };
    },
  };
}

// Several things have to be done within the one time.
function deadlineOf(timeout: number, passed: () => number): () => number {
  const end = passed() + timeout;
  return () => Math.max(0, end - passed());
}

import { createTimers } from "../../../support/time/create_timers.ts";
import type { Entry } from "../entry.ts";
import { createWaitingList } from "../line/create_waiting_list.ts";
import type { LineOptions } from "../line/line.ts";
import { beginCall, type BegunCall } from "./begin_call.ts";
import type { ClientConsumer } from "./client_consumer.ts";

/** Delivers to a consumer before there is an engine. */
export interface EarlyConsumer {
  readonly consumer: ClientConsumer;
  /** Adds an entry; it is handed over soon, in a turn of its own. Replaced by what goes on after its end. */
  add: (entry: Entry) => void;
  /** Says that it may go on, soon. */
  readonly nudge: () => void;
  /** Goes on at once. */
  readonly run: () => void;
  /** Whether the callback was called with something that is not settled. */
  readonly isCalling: () => boolean;
  /** What is not settled. */
  readonly unsettled: () => readonly Entry[];
  /** Ends it, and gives what is not settled. */
  readonly end: () => UnsettledEntries;
}

/** What an early consumer has that is not settled. */
export interface UnsettledEntries {
  /** Those with which the callback was called, with what became of that. */
  readonly begun: readonly (readonly [Entry, BegunCall])[];
  /** The others. */
  readonly waiting: readonly Entry[];
}

/** What an early consumer is made with. */
export interface EarlyConsumerOptions extends
  Pick<
    LineOptions,
    "capacity" | "maxCharacters" | "isPaused" | "tally" | "clock" | "passed"
  > {
  /** Is told that there is something that needs an engine. */
  readonly wantEngine: () => void;
}

/** So many calls are open side by side, and had no answer or failed, before there is an engine. */
const slots = 16;

/** So long, in milliseconds, it goes on in one turn, so that others have theirs. */
const longestTurn = 10;

/** So long, in milliseconds, calls may stay open until the engine is to see to them. */
const patience = 250;

/**
 * Makes what delivers to a consumer before there is an engine. A tracking callback is called with each exposure
 * at once, and most of the time it takes it: that needs none. Only a call that fails, or has no answer for a
 * while, and a sink need one, which goes on with those calls as if it had made them. What waits is bounded.
 */
export function createEarlyConsumer(
  consumer: ClientConsumer,
  options: EarlyConsumerOptions,
): EarlyConsumer {
  const { track, counts, name } = consumer;
  const { isPaused, wantEngine, tally, passed } = options;
  const queue = createWaitingList<Entry>(options);
  // Null while the callback is running.
  const begun = new Map<Entry, BegunCall | null>();
  const timers = createTimers<"turn" | "answers">(options.clock);
  let isRunning = false;

  const take = (entry: Entry) => {
    begun.delete(entry);
    counts.delivered++;
  };
  const call = (entry: Entry) => {
    begun.set(entry, null);
    const call = beginCall(track!, entry);
    if (call === null) return take(entry);
    begun.set(entry, call);
    if (!timers.has("answers")) timers.set("answers", wantEngine, patience);
    call.answer.then(() => {
      if (!begun.has(entry)) return;
      take(entry);
      if (begun.size === 0) timers.cancel("answers");
      run();
    }, () => {
      if (begun.has(entry)) wantEngine();
    });
  };
  const run = () => {
    if (isRunning || isPaused() || queue.length() === 0) return;
    if (track === null) return wantEngine();
    isRunning = true;
    const end = passed() + longestTurn;
    // The callback itself may pause it, or end it.
    for (
      let count = 0;
      begun.size < slots && queue.length() > 0 && !isPaused() &&
      (count % slots > 0 || passed() <= end);
      count++
    ) call(queue.take(1)[0]!);
    isRunning = false;
    if (begun.size < slots) nudge();
  };
  const nudge = () => {
    if (queue.length() > 0 && !timers.has("turn")) timers.set("turn", run, 0);
  };
  return {
    consumer,
    add: (entry) => {
      const dropped = queue.add(entry);
      counts.dropped += dropped.length;
      tally.giveUp(dropped, "overflow", name);
      nudge();
    },
    nudge,
    run,
    isCalling: () => begun.size > 0,
    unsettled: () => [...begun.keys(), ...queue.all()],
    end: () => {
      timers.stop();
      const calls = [...begun] as [Entry, BegunCall][];
      begun.clear();
      return { begun: calls, waiting: queue.take(Infinity) };
    },
  };
}

import type { Clock } from "../../../support/time/clock.ts";
import { createTimers } from "../../../support/time/create_timers.ts";
import { within } from "../../../support/time/within.ts";
import type { Engine } from "../../../delivery/engine/engine.ts";
import { createWaitingList } from "../line/create_waiting_list.ts";
import type { EngineView, TrackingCall } from "./client_consumer.ts";
import type { ClientItem } from "./client_item.ts";
import { createEarlyCalls } from "./create_early_calls.ts";

/** Delivers to a consumer, as an engine does that is loaded when it is needed. */
export interface LateEngine extends EngineView {
  /** Adds an item; it is handed over soon, in a turn of its own. */
  readonly add: (item: ClientItem) => void;
  /** Delivers nothing more until it is resumed. */
  readonly pause: () => void;
  /** Goes on, soon. */
  readonly resume: () => void;
  /** Waits until everything that is not settled now is: true where it is in time. Never rejects. */
  readonly flush: (deadline: () => number) => Promise<boolean>;
  /** Ends it: open calls are aborted, and nothing is handed over any more. */
  readonly stop: () => void;
}

/** What a late engine is made with. */
export interface LateEngineOptions {
  /** Calls the tracking callback; null for a sink, which needs an engine from the start. */
  readonly track: TrackingCall | null;
  /** Loads the engine. */
  readonly load: () => Promise<Engine<ClientItem>>;
  /** The most items that wait for it, and the most characters of them; the oldest are given up. */
  readonly capacity: number;
  readonly maxCharacters: number;
  /** Is told of items that the callback took before there was an engine. */
  readonly onTaken: (item: ClientItem) => void;
  /** Is told of items that were given up before there was an engine. */
  readonly onDropped: (items: readonly ClientItem[]) => void;
  /** Is told that the engine can't be loaded. */
  readonly onError: (error: unknown) => void;
  readonly clock: Clock;
  /** How long to wait for the next attempt after so many failures in a row, in milliseconds. */
  readonly delayAfter: (failures: number) => number;
  /** How many milliseconds have passed since some moment. */
  readonly passed: () => number;
}

/** So many calls are open side by side, and had no answer or failed, before there is an engine. */
const slots = 16;

/** So long, in milliseconds, it goes on in one turn, so that others have theirs. */
const longestTurn = 10;

/** So long, in milliseconds, calls may stay open until the engine is to see to them. */
const patience = 250;

/**
 * Makes an engine that is loaded when there is something to do that needs one. A tracking callback is
 * called with each exposure at once, and most of the time it takes it: that needs none. Only a call that
 * fails, or has no answer for a while, a sink or a flush has it loaded. It then goes on with those
 * calls as if it had made them. What waits for it is bounded; where it can't be loaded, that is told,
 * and tried again.
 */
export function createLateEngine(options: LateEngineOptions): LateEngine {
  const { track, clock, passed } = options;
  const waiting = createWaitingList<ClientItem>(
    options.capacity,
    options.maxCharacters,
  );
  const begun = new Set<ClientItem>();
  let engine: Engine<ClientItem> | null = null;
  let loading: Promise<void> | null = null;
  let loadFailures = 0;
  let lastError: string | null = null;
  let isPaused = false;
  let isStopped = false;
  let isRunning = false;
  const timers = createTimers<"turn" | "answers" | "load">(clock);

  const load = (): Promise<void> =>
    loading ??= options.load().then(
      (loaded) => {
        if (isStopped) return loaded.stop();
        timers.stop();
        engine = loaded;
        engine.add([...begun, ...waiting.take(Infinity)]);
        if (isPaused) engine.pause("consent");
        begun.clear();
      },
      (cause) => {
        loading = null;
        if (isStopped) return;
        const error = new Error(
          "Cannot deliver events: the code for that could not be loaded",
          { cause },
        );
        lastError = error.message;
        options.onError(error);
        const delay = options.delayAfter(++loadFailures);
        timers.set("load", () => void load(), delay, false);
      },
    );
  // What comes while it waits for the next attempt does not ask for one.
  const want = () => {
    if (!timers.has("load")) void load();
  };
  const make = createEarlyCalls(begun, {
    onTaken: options.onTaken,
    onOpen: () => {
      if (begun.size === 0) timers.cancel("answers");
      else if (!timers.has("answers")) timers.set("answers", want, patience);
      run();
    },
    onFailed: want,
  });
  const run = () => {
    if (engine !== null || isPaused || isStopped || isRunning) return;
    if (track === null) return want();
    isRunning = true;
    const end = passed() + longestTurn;
    for (
      let count = 0;
      begun.size < slots && waiting.length() > 0 && !isPaused && !isStopped &&
      (count % slots > 0 || passed() <= end);
      count++
    ) make(track, waiting.take(1)[0]!);
    isRunning = false;
    if (begun.size < slots) schedule();
  };
  const schedule = () => {
    if (waiting.length() > 0 && !timers.has("turn")) timers.set("turn", run, 0);
  };
  const unsettled = () => engine?.unsettled() ?? [...begun, ...waiting.all()];

  return {
    unsettled,
    pausedBecause: () =>
      engine?.pausedBecause() ?? (isPaused ? "consent" : null),
    lastError: () => engine?.lastError() ?? lastError,
    add: (item) => {
      if (engine !== null) return engine.addOne(item);
      const dropped = waiting.add(item);
      if (dropped.length > 0) options.onDropped(dropped);
      schedule();
    },
    pause: () => {
      isPaused = true;
      engine?.pause("consent");
    },
    resume: () => {
      isPaused = false;
      engine?.resume();
      schedule();
    },
    flush: async (deadline) => {
      run();
      if (unsettled().length === 0) return true;
      if (isPaused) return false;
      if (engine === null) await within(load(), deadline(), clock);
      return await engine?.flush({ timeout: deadline() }) ??
        unsettled().length === 0;
    },
    stop: () => {
      isStopped = true;
      timers.stop();
      for (const item of begun) item.begun?.abort();
      begun.clear();
      waiting.take(Infinity);
      engine?.stop();
    },
  };
}

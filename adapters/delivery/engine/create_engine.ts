import type { ParkReason } from "../../log/port/parked_event.ts";
import { type Clock, monotonicTime } from "../../support/clock.ts";
import { createEnding } from "../../support/create_ending.ts";
import { isThenable } from "../../support/is_thenable.ts";
import { within } from "../../support/within.ts";
import type { TimeoutOptions } from "../../support/timeout_options.ts";
import { failureOf } from "../delivery_failure.ts";
import { advanceDelivery } from "../machine/advance_delivery.ts";
import {
  type Answer,
  answerSymbol,
  type CallAnswer,
  type DeliveryAction,
  type DeliveryInput,
} from "../machine/delivery_input.ts";
import type { DeliverySettings } from "../machine/delivery_settings.ts";
import {
  type DeliveryState,
  initialDelivery,
  listUnsettled,
  pausedBecause,
  type PauseReason,
} from "../machine/delivery_state.ts";
import { nextWake } from "../machine/next_wake.ts";
import type { Parcel } from "../machine/parcel.ts";

/** A call to a destination, as an engine makes it. */
export interface EngineCall {
  /** How often the items were handed over, this time included. */
  readonly attempt: number;
  /** Is aborted when nobody waits for the answer any more. It is made when it is asked for. */
  readonly signal: () => AbortSignal;
}

/** What an engine is made with. */
export interface EngineOptions<Item> {
  /** How it goes about it. */
  readonly settings: DeliverySettings;
  /**
   * Hands items over. What it throws, or its promise rejects with, is read by `failureOf`; an answer
   * that it returns, or fulfils its promise with, says what became of each item, and anything else
   * that all were taken.
   */
  readonly call: (items: readonly Item[], call: EngineCall) => unknown;
  /** Is told of items that were taken. */
  readonly onDelivered: (items: readonly Item[]) => void;
  /** Is told of items to be parked. */
  readonly onParked: (
    items: readonly Item[],
    parking: EngineParking,
  ) => void;
  /** Is told of items that were given up. */
  readonly onDropped: (items: readonly Item[]) => void;
  /**
   * Is asked before each hand-over which items are another owner's now; null where none are, as by
   * default. Those are given up.
   */
  readonly findLost?: () => ((item: Item) => boolean) | null;
  /** Is told what a destination threw, or why it is paused. Does not throw. */
  readonly onFailure: (error: unknown) => void;
  /** Tells the time and sets timers. */
  readonly clock: Clock;
  /** A random number from 0 up to but not including 1. */
  readonly random: () => number;
  /** The most items that it may have at once; past that the oldest in no call are given up. */
  readonly capacity?: number;
  /** The most characters that they have together, likewise. */
  readonly maxCharacters?: number;
  /** Whether its timers keep a process alive; they don't by default. */
  readonly keepsAlive?: boolean;
}

/** Why items are parked, and after how many attempts. */
export interface EngineParking {
  /** How often they were handed over. */
  readonly attempts: number;
  /** Why. */
  readonly reason: ParkReason;
  /** What the destination said last. */
  readonly message: string;
}

/** What an engine delivers. */
export interface EngineItem {
  /** How many items were added before it. The engine sets it. */
  order: number;
  /** How many characters its JSON has, about: a call has a bounded number of them. */
  readonly characters: number;
}

/** Delivers items to a destination. */
export interface Engine<Item extends EngineItem> {
  /** Adds items; they are handed over soon, in a turn of their own. */
  readonly add: (items: readonly Item[]) => void;
  /** Adds one. */
  readonly addOne: (item: Item) => void;
  /** Does now what is due, without waiting for a timer. */
  readonly catchUp: () => void;
  /** How many items are not settled. */
  readonly pending: () => number;
  /** The items that are not settled, those that were tried first. */
  readonly unsettled: () => readonly Item[];
  /** Why nothing is delivered; null where it is. */
  readonly pausedBecause: () => PauseReason | null;
  /** What the destination said last that it could not take something; null where it never did. */
  readonly lastError: () => string | null;
  /** Delivers nothing more until it is resumed. */
  readonly pause: (reason: PauseReason) => void;
  /** Goes on, at once. */
  readonly resume: () => void;
  /**
   * Tries what waits once at once, and waits until everything that is not settled now is: true where
   * it is, false where the time is over, or the delivery is paused or stopped.
   */
  readonly flush: (limit: TimeoutOptions) => Promise<boolean>;
  /** Gives up the items for which a test holds, and aborts the calls that they are in. */
  readonly forget: (isGone: (item: Item) => boolean) => void;
  /** Ends it: open calls are aborted, and nothing is handed over any more. Items stay unsettled. */
  readonly stop: () => void;
}

/** So long, in milliseconds, it goes on in one turn, so that others have theirs. */
const longestTurn = 10;

/**
 * Makes the runner of the machine {@linkcode advanceDelivery}: it makes the calls, and tells the
 * machine of the time and of the answers. No timer is set, and no time or random number asked for,
 * before the first item.
 */
export function createEngine<Item extends EngineItem>(
  options: EngineOptions<Item>,
): Engine<Item> {
  const { settings, clock, onFailure, findLost } = options;
  const { capacity = Infinity, maxCharacters = Infinity } = options;
  let state: DeliveryState<Item> = initialDelivery(settings);
  let arrivals: Item[] = [];
  let answers: CallAnswer<Item>[] = [];
  const inputs: DeliveryInput<Item>[] = [];
  let isRunning = false;
  let isStopped = false;
  let lastError: string | null = null;
  let wakeAt = Infinity;
  let cancelTimer = () => {};
  let waiters: Waiter[] = [];
  let settled = 0;
  let characters = 0;
  let added = 0;
  const aborts = new Map<number, () => void>();
  const passed = monotonicTime(clock);
  // A timer that fires is believed: a clock that lags behind it must not hold up what is due.
  let now = 0;
  const tellTime = () => now = Math.max(now, passed());
  const moment = { now: 0, random: options.random };

  const advance = (input: DeliveryInput<Item>) => {
    moment.now = now;
    const step = advanceDelivery(state, input, moment);
    state = step.state;
    for (const action of step.actions) act(action);
  };
  const settle = (items: readonly Item[]) => {
    settled += items.length;
    for (const item of items) characters -= item.characters;
  };
  const act = (action: DeliveryAction<Item>) => {
    switch (action.type) {
      case "hand-over":
        return call(action.call, action.parcel);
      case "delivered":
        settle(action.items);
        return options.onDelivered(action.items);
      case "park":
        settle(action.items);
        lastError = action.message;
        return options.onParked(action.items, action);
      case "dropped":
        settle(action.items);
        return options.onDropped(action.items);
      case "abort":
        return abort(action.call);
      case "paused":
        return onFailure(
          new Error(
            `Cannot deliver events: the delivery is paused, because of ${action.reason}`,
          ),
        );
    }
  };
  const abort = (call: number) => {
    aborts.get(call)?.();
    aborts.delete(call);
  };
  const answer = (call: number, given: Answer<Item>) => {
    aborts.delete(call);
    answers.push({ call, answer: given });
    const failure = given.type === "partly" ? given.failure : undefined;
    if (failure === undefined || !state.open.has(call)) return;
    lastError = failure.message;
    onFailure(new Error(failure.message));
  };
  const failed = (call: number, error: unknown) => {
    if (!state.open.has(call)) return;
    const failure = failureOf(error);
    lastError = failure.message;
    answer(call, { type: "failed", failure });
    onFailure(error);
  };
  const call = (number: number, { items, tries }: Parcel<Item>) => {
    const ending = createEnding();
    aborts.set(number, ending.end);
    try {
      const result = options.call(items, {
        attempt: tries,
        signal: ending.signal,
      });
      if (!isThenable(result)) return answer(number, readAnswer(result));
      Promise.resolve(result).then(
        (value) => {
          if (isStopped) return;
          answer(number, readAnswer(value));
          run();
        },
        (error) => {
          if (isStopped) return;
          failed(number, error);
          run();
        },
      );
    } catch (error) {
      failed(number, error);
    }
  };

  const takeInput = (): DeliveryInput<Item> | null => {
    if (answers.length > 0) {
      const given = answers;
      answers = [];
      return { type: "answers", answers: given };
    }
    if (inputs.length > 0) return inputs.shift()!;
    if (arrivals.length === 0) return null;
    const items = arrivals;
    arrivals = [];
    return { type: "add", items };
  };
  // Everything that happens goes through here, one thing after the other; what happens meanwhile
  // waits for its turn.
  const run = () => {
    if (isRunning || isStopped) return;
    isRunning = true;
    const begin = tellTime();
    let input: DeliveryInput<Item> | null = takeInput() ?? { type: "time" };
    try {
      while (input !== null && !isStopped) {
        const isLost = findLost?.() ?? null;
        if (isLost !== null) giveUp(isLost);
        advance(
          input.type === "add" && isLost !== null
            ? { type: "add", items: giveUpArrived(input.items, isLost) }
            : input,
        );
        if (tellTime() - begin > longestTurn) break;
        input = takeInput();
      }
    } finally {
      isRunning = false;
    }
    tellWaiters();
    schedule();
  };
  const giveUpArrived = (
    items: readonly Item[],
    isGone: (item: Item) => boolean,
  ) => {
    const gone = items.filter(isGone);
    if (gone.length > 0) act({ type: "dropped", items: gone });
    return items.filter((item) => !isGone(item));
  };
  // What has come and is not with the machine yet is given up with the rest.
  const giveUp = (isGone: (item: Item) => boolean) => {
    arrivals = giveUpArrived(arrivals, isGone);
    advance({ type: "forget", isGone });
  };
  const hasMore = () =>
    answers.length > 0 || inputs.length > 0 || arrivals.length > 0;
  const schedule = () => {
    if (isStopped) return;
    const next = hasMore() ? now : nextWake(state);
    if (next === wakeAt) return;
    cancelTimer();
    wakeAt = next;
    cancelTimer = () => {};
    if (next === Infinity) return;
    cancelTimer = clock.setTimer(
      () => {
        now = Math.max(now, next);
        wakeAt = Infinity;
        run();
      },
      Math.max(0, next - now),
      options.keepsAlive === true,
    );
  };
  const isFull = () => added - settled > capacity || characters > maxCharacters;
  const makeRoom = () => {
    while (isFull()) {
      const before = settled;
      advance({ type: "drop", count: 1 });
      if (settled > before) continue;
      const oldest = arrivals.shift();
      // What is left is in open calls, which are few.
      if (oldest === undefined) return;
      act({ type: "dropped", items: [oldest] });
    }
  };
  const give = (input: DeliveryInput<Item>) => {
    inputs.push(input);
    run();
  };

  // Those that came after a waiter must not be taken for those that it waits for.
  const isPast = (target: number) =>
    settled >= added ||
    settled >= target && arrivals.every(({ order }) => order >= target) &&
      listUnsettled(state).every(({ order }) => order >= target);
  const tellWaiters = () => {
    if (waiters.length === 0) return;
    const isStill = isStopped || state.paused !== null;
    waiters = waiters.filter((waiter) => {
      if (isPast(waiter.target)) waiter.resolve(true);
      else if (isStill) waiter.resolve(false);
      else return true;
      return false;
    });
    if (waiters.length === 0) advance({ type: "relax" });
  };
  const flush = async (limit: TimeoutOptions) => {
    if (isStopped || settled >= added) return settled >= added;
    give({ type: "hurry" });
    let waiter: Waiter | null = null;
    let isDone = false;
    await within(
      new Promise<void>((resolve) => {
        waiter = {
          target: added,
          resolve: (value) => {
            isDone = value;
            resolve();
          },
        };
        waiters.push(waiter);
        // What came meanwhile is handed over before anything is waited for.
        run();
      }),
      limit.timeout,
      clock,
    );
    if (waiter !== null && waiters.includes(waiter)) {
      waiters = waiters.filter((each) => each !== waiter);
      if (waiters.length === 0) give({ type: "relax" });
    }
    return isDone;
  };
  const addOne = (item: Item) => {
    if (isStopped) return;
    item.order = added++;
    characters += item.characters;
    arrivals.push(item);
    if (isFull()) makeRoom();
    if (!isRunning && wakeAt > now) schedule();
  };
  return {
    add: (items) => {
      for (const item of items) addOne(item);
    },
    addOne,
    catchUp: run,
    pending: () => added - settled,
    unsettled: () => [...listUnsettled(state), ...arrivals],
    pausedBecause: () => pausedBecause(state),
    lastError: () => lastError,
    pause: (reason) => give({ type: "pause", reason }),
    resume: () => give({ type: "resume" }),
    flush,
    forget: (isGone) => {
      giveUp(isGone);
      run();
    },
    stop: () => {
      isStopped = true;
      cancelTimer();
      for (const call of [...aborts.keys()]) abort(call);
      tellWaiters();
    },
  };
}

interface Waiter {
  /** How many items have to be settled. */
  readonly target: number;
  readonly resolve: (isDone: boolean) => void;
}

function readAnswer<Item>(value: unknown): Answer<Item> {
  return typeof value === "object" && value !== null && answerSymbol in value
    ? value[answerSymbol] as Answer<Item>
    : taken;
}

const taken = Object.freeze({ type: "taken" });

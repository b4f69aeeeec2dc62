import { isWorker } from "../../support/is_worker.ts";
import type { DeliveryInput } from "../machine/delivery_input.ts";
import {
  isClear,
  listUnsettled,
  pausedBecause,
} from "../machine/delivery_state.ts";
import { nextWake } from "../machine/next_wake.ts";
import type { Engine, EngineItem, EngineOptions } from "./engine.ts";
import { runMachine } from "./run_machine.ts";
import type { OpenCalls } from "./open_calls.ts";
import { createStock, type Stock } from "./stock.ts";
import { createTurns, type Turns } from "./turns.ts";
import { createWaiters, type Waiters } from "./waiters.ts";

/**
 * Makes the runner of the machine `advanceDelivery`: it makes the calls, and tells the
 * machine of the time and of the answers. No timer is set, and no time or random number asked for,
 * before the first item.
 */
export function createEngine<Item extends EngineItem>(
  options: EngineOptions<Item>,
): Engine<Item> {
  const { clock, capacity = Infinity, maxCharacters = Infinity } = options;
  const stock = createStock<Item>(capacity, maxCharacters);
  let isStopped = false;
  let isHeld = false;
  const machine = runMachine(
    options,
    stock,
    {
      now: () => turns.now(),
      run: () => {
        if (!callersWork()) turns.run();
      },
    },
    () => isHeld || isStopped,
  );
  const { state, calls } = machine;
  const inbox = createInbox(stock, calls);
  const turns: Turns = createTurns<DeliveryInput<Item>>({
    ...options,
    keepsAlive: options.keepsAlive === true,
    idle: { type: "time" },
    handle: machine.handle,
    take: inbox.take,
    nextWake: (now) => inbox.isEmpty() ? nextWake(state()) : now,
    onTurn: () => waiters.tell(),
    onTime: () => callersWork(),
  });
  const give = (input: DeliveryInput<Item>) => {
    inbox.put(input);
    turns.run();
  };
  const waiters: Waiters = createWaiters({
    clock,
    isPast: (target) => stock.isPast(target, state()),
    // What a call that is open came to is waited for.
    isOver: () =>
      isStopped || state().paused !== null && state().open.size === 0,
    work: () => {
      if (inbox.isEmpty() && nextWake(state()) > turns.now()) return null;
      const { nextCall } = state();
      turns.run();
      const { nextCall: next, fresh } = state();
      // What it handed over comes before what waits still.
      return next === nextCall
        ? 0
        : stock.added() - stock.arrivals().length - fresh.length;
    },
    onEmpty: () => give({ type: "relax" }),
  });
  // In a Cloudflare Worker, a call dies with the request that made it, also where that was done after the answer to
  // another request. So while requests wait in `flush`, they alone make calls, and wait for those as well.
  const isShared = isWorker();
  const callersWork = () => isShared && waiters.wake();
  const addOne = (item: Item) => {
    if (isStopped) return;
    stock.add(item);
    // What is left is in open calls, which are few.
    while (stock.isFull() && machine.giveUpOldest());
    turns.hint();
  };
  return {
    add: (items) => items.forEach(addOne),
    addOne,
    catchUp: turns.run,
    pending: stock.pending,
    isClear: () =>
      !isStopped && stock.pending() === 0 && isClear(state(), turns.now()),
    unsettled: () => [...listUnsettled(state()), ...stock.arrivals()],
    pausedBecause: () => pausedBecause(state()),
    lastError: calls.lastError,
    pause: (reason) => {
      isHeld = true;
      give({ type: "pause", reason });
    },
    resume: () => {
      isHeld = false;
      give({ type: "resume" });
    },
    flush: async ({ timeout }) => {
      if (isStopped || stock.pending() === 0) return stock.pending() === 0;
      give({ type: "hurry" });
      // What came meanwhile is handed over before anything is waited for.
      return await waiters.add(stock.added(), timeout, turns.run);
    },
    forget: (isGone) => {
      machine.giveUp(isGone);
      turns.run();
    },
    stop: () => {
      isStopped = true;
      turns.stop();
      calls.stop();
      waiters.tell();
    },
  };
}

// What has come for the machine: answers first, then what a caller wants, then items. A caller in a hurry wants
// those that have come in the same calls, since there may be no time for others.
function createInbox<Item extends EngineItem>(
  stock: Stock<Item>,
  calls: OpenCalls<Item>,
) {
  const inputs: DeliveryInput<Item>[] = [];
  return {
    put: (input: DeliveryInput<Item>) => void inputs.push(input),
    isEmpty: () =>
      !calls.isAnswered() && inputs.length === 0 &&
      stock.arrivals().length === 0,
    take: (): DeliveryInput<Item> | null => {
      if (calls.isAnswered()) {
        return { type: "answers", answers: calls.takeAnswers() };
      }
      const isNext = inputs[0]?.type !== "hurry" ||
        stock.arrivals().length === 0;
      if (inputs.length > 0 && isNext) return inputs.shift()!;
      const items = stock.takeArrivals();
      return items.length === 0 ? null : { type: "add", items };
    },
  };
}

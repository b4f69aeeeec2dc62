import { advanceDelivery } from "../machine/advance_delivery.ts";
import type {
  DeliveryAction,
  DeliveryInput,
} from "../machine/delivery_input.ts";
import {
  type DeliveryState,
  initialDelivery,
  isClear,
  listUnsettled,
  pausedBecause,
} from "../machine/delivery_state.ts";
import { nextWake } from "../machine/next_wake.ts";
import type { Engine, EngineItem, EngineOptions } from "./engine.ts";
import { createOpenCalls, type OpenCalls } from "./open_calls.ts";
import { createStock, type Stock } from "./stock.ts";
import { createTurns } from "./turns.ts";
import { createWaiters } from "./waiters.ts";

/**
 * Makes the runner of the machine {@linkcode advanceDelivery}: it makes the calls, and tells the
 * machine of the time and of the answers. No timer is set, and no time or random number asked for,
 * before the first item.
 */
export function createEngine<Item extends EngineItem>(
  options: EngineOptions<Item>,
): Engine<Item> {
  const { clock, capacity = Infinity, maxCharacters = Infinity } = options;
  const stock = createStock<Item>(capacity, maxCharacters);
  const inputs: DeliveryInput<Item>[] = [];
  let state: DeliveryState<Item> = initialDelivery(options.settings);
  let isStopped = false;
  const calls = createOpenCalls<Item>({
    ...options,
    isOpen: (call) => state.open.has(call),
    onAnswer: () => turns.run(),
  });
  const act = createActs(options, stock, calls);
  const moment = { now: 0, delayAfter: options.delayAfter };
  const advance = (input: DeliveryInput<Item>) => {
    moment.now = turns.now();
    const step = advanceDelivery(state, input, moment);
    state = step.state;
    for (const action of step.actions) act(action);
  };
  const drop = (items: readonly Item[]) => {
    if (items.length > 0) act({ type: "dropped", items });
  };
  // What has come and is not with the machine yet is given up with the rest.
  const giveUp = (isGone: (item: Item) => boolean) => {
    drop(stock.sift(isGone));
    advance({ type: "forget", isGone });
  };
  const handle = (input: DeliveryInput<Item>) => {
    const isLost = options.findLost?.() ?? null;
    if (isLost === null) return advance(input);
    giveUp(isLost);
    if (input.type !== "add") return advance(input);
    drop(input.items.filter(isLost));
    const items = input.items.filter((item) => !isLost(item));
    advance({ type: "add", items });
  };
  const turns = createTurns<DeliveryInput<Item>>({
    ...options,
    keepsAlive: options.keepsAlive === true,
    idle: { type: "time" },
    handle,
    take: () => {
      if (calls.isAnswered()) {
        return { type: "answers", answers: calls.takeAnswers() };
      }
      if (inputs.length > 0) return inputs.shift()!;
      const items = stock.takeArrivals();
      return items.length === 0 ? null : { type: "add", items };
    },
    nextWake: (now) =>
      calls.isAnswered() || inputs.length > 0 || stock.arrivals().length > 0
        ? now
        : nextWake(state),
    onTurn: () => tellWaiters(),
  });
  const give = (input: DeliveryInput<Item>) => {
    inputs.push(input);
    turns.run();
  };
  const waiters = createWaiters(clock, () => give({ type: "relax" }));
  const tellWaiters = () =>
    waiters.tell(
      (target) => stock.isPast(target, state),
      isStopped || state.paused !== null,
    );
  const makeRoom = () => {
    while (stock.isFull()) {
      const before = stock.settled();
      advance({ type: "drop", count: 1 });
      if (stock.settled() > before) continue;
      const oldest = stock.takeOldest();
      // What is left is in open calls, which are few.
      if (oldest === undefined) return;
      drop([oldest]);
    }
  };
  const addOne = (item: Item) => {
    if (isStopped) return;
    stock.add(item);
    if (stock.isFull()) makeRoom();
    turns.hint();
  };
  return {
    add: (items) => items.forEach(addOne),
    addOne,
    catchUp: turns.run,
    pending: () => stock.added() - stock.settled(),
    isClear: () =>
      !isStopped && stock.added() === stock.settled() &&
      isClear(state, turns.now()),
    unsettled: () => [...listUnsettled(state), ...stock.arrivals()],
    pausedBecause: () => pausedBecause(state),
    lastError: calls.lastError,
    pause: (reason) => give({ type: "pause", reason }),
    resume: () => give({ type: "resume" }),
    flush: async ({ timeout }) => {
      const isDone = () => stock.settled() >= stock.added();
      if (isStopped || isDone()) return isDone();
      give({ type: "hurry" });
      // What came meanwhile is handed over before anything is waited for.
      return await waiters.add(stock.added(), timeout, turns.run);
    },
    forget: (isGone) => {
      giveUp(isGone);
      turns.run();
    },
    stop: () => {
      isStopped = true;
      turns.stop();
      calls.stop();
      tellWaiters();
    },
  };
}

// What the machine wants to be done.
function createActs<Item extends EngineItem>(
  { onDelivered, onParked, onDropped, onFailure }: EngineOptions<Item>,
  stock: Stock<Item>,
  calls: OpenCalls<Item>,
): (action: DeliveryAction<Item>) => void {
  return (action) => {
    switch (action.type) {
      case "hand-over":
        return calls.make(action.call, action.parcel);
      case "delivered":
        stock.settle(action.items);
        return onDelivered(action.items);
      case "park":
        stock.settle(action.items);
        calls.noteError(action.message);
        return onParked(action.items, action);
      case "dropped":
        stock.settle(action.items);
        return onDropped(action.items);
      case "abort":
        return calls.abort(action.call);
      case "paused":
        return onFailure(
          new Error(
            `Cannot deliver events: the delivery is paused, because of ${action.reason}`,
          ),
        );
    }
  };
}

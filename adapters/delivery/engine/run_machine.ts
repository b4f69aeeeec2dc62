import { advanceDelivery } from "../machine/advance_delivery.ts";
import type {
  DeliveryAction,
  DeliveryInput,
} from "../machine/delivery_input.ts";
import {
  type DeliveryState,
  initialDelivery,
} from "../machine/delivery_state.ts";
import type { Parcel } from "../machine/parcel.ts";
import type { EngineItem, EngineOptions } from "./engine.ts";
import { createOpenCalls, type OpenCalls } from "./open_calls.ts";
import type { Stock } from "./stock.ts";
import type { Turns } from "./turns.ts";

/** The machine of an engine, and what it does. */
export interface RunningMachine<Item extends EngineItem> {
  /** Where it is. */
  readonly state: () => DeliveryState<Item>;
  /** The calls that it makes. */
  readonly calls: OpenCalls<Item>;
  /** Takes up an input, once what another owner has by now is given up. */
  readonly handle: (input: DeliveryInput<Item>) => void;
  /** Gives up the oldest item that is in no call; false where there is none. */
  readonly giveUpOldest: () => boolean;
  /** Gives up the items for which a test holds, those that it has not got yet included. */
  readonly giveUp: (isGone: (item: Item) => boolean) => void;
}

/**
 * Runs the machine {@linkcode advanceDelivery}, and does what its actions say. `turns` tells it the time,
 * and `isHeld` whether no call may be made, since a call that was made asked for that.
 */
export function runMachine<Item extends EngineItem>(
  options: EngineOptions<Item>,
  stock: Stock<Item>,
  turns: Pick<Turns, "now" | "run">,
  isHeld: () => boolean,
): RunningMachine<Item> {
  let state: DeliveryState<Item> = initialDelivery(options.settings);
  const calls = createOpenCalls<Item>({
    ...options,
    isOpen: (call) => state.open.has(call),
    onAnswer: turns.run,
  });
  const make = (call: number, parcel: Parcel<Item>) => {
    // A call that was made before it, in the same turn, may have given up its items, or held or ended all.
    if (!state.open.has(call)) return;
    if (isHeld()) advance({ type: "withdraw", call });
    else calls.make(call, parcel);
  };
  const act = createActs(options, stock, { ...calls, make });
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
  return {
    state: () => state,
    calls,
    handle: (input) => {
      const isLost = options.findLost?.() ?? null;
      if (isLost === null) return advance(input);
      giveUp(isLost);
      if (input.type !== "add") return advance(input);
      drop(input.items.filter(isLost));
      const items = input.items.filter((item) => !isLost(item));
      advance({ type: "add", items });
    },
    giveUpOldest: () => {
      const before = stock.pending();
      advance({ type: "drop", count: 1 });
      if (stock.pending() < before) return true;
      const oldest = stock.takeOldest();
      if (oldest === undefined) return false;
      drop([oldest]);
      return true;
    },
    giveUp,
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

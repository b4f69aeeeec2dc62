import { advanceDelivery } from "../../../../adapters/delivery/machine/advance_delivery.ts";
import type {
  Answer,
  DeliveryAction,
  DeliveryInput,
} from "../../../../adapters/delivery/machine/delivery_input.ts";
import type { DeliverySettings } from "../../../../adapters/delivery/machine/delivery_settings.ts";
import {
  type DeliveryState,
  initialDelivery,
  listUnsettled,
} from "../../../../adapters/delivery/machine/delivery_state.ts";
import { nextWake } from "../../../../adapters/delivery/machine/next_wake.ts";
import { deliveryDelay } from "../../../../adapters/support/time/backoff.ts";

/** What became of an item. */
export type Fate = "delivered" | "park" | "dropped";

/** A call that the machine made. */
export interface SimulatedCall {
  readonly call: number;
  readonly items: readonly number[];
  readonly attempt: number;
  readonly time: number;
}

/** A world around the machine: time that is moved by hand, and destinations that answer as they are told. */
export interface Simulation {
  readonly state: () => DeliveryState<number>;
  readonly now: () => number;
  readonly fates: ReadonlyMap<number, Fate>;
  readonly calls: readonly SimulatedCall[];
  readonly parked: readonly (DeliveryAction<number> & { type: "park" })[];
  /** Gives the machine an input. */
  readonly give: (input: DeliveryInput<number>) => void;
  /** Answers a call, as soon as the machine is asked next. */
  readonly answer: (call: number, answer: Answer<number>) => void;
  /** Moves the time, and wakes the machine whenever it wants to be. */
  readonly pass: (milliseconds: number) => void;
}

/**
 * Makes a world. `respond` is asked at each call: what it gives is the answer after so many
 * milliseconds; null never answers. Fails where an item is in two places, or in none.
 */
export function simulate(
  settings: DeliverySettings,
  respond: (
    items: readonly number[],
    now: number,
  ) => { readonly after: number; readonly answer: Answer<number> } | null,
  random: () => number = () => 0.5,
): Simulation {
  let state = initialDelivery<number>(settings);
  let now = 0;
  const known = new Set<number>();
  const fates = new Map<number, Fate>();
  const calls: SimulatedCall[] = [];
  const parked: (DeliveryAction<number> & { type: "park" })[] = [];
  const due: { at: number; call: number; answer: Answer<number> }[] = [];

  const settle = (items: readonly number[], fate: Fate) => {
    for (const item of items) {
      if (fates.has(item)) {
        throw new Error(`Item ${item} is ${fate} after ${fates.get(item)}`);
      }
      fates.set(item, fate);
    }
  };
  const act = (action: DeliveryAction<number>) => {
    if (action.type === "park") parked.push(action);
    if (action.type === "hand-over") {
      const { call, parcel } = action;
      calls.push({
        call,
        items: parcel.items,
        attempt: parcel.tries,
        time: now,
      });
      const response = respond(parcel.items, now);
      if (response !== null) {
        due.push({ at: now + response.after, call, answer: response.answer });
      }
    } else if (action.type !== "abort" && action.type !== "paused") {
      settle(action.items, action.type);
    }
  };
  let steps = 0;
  const check = () => {
    if (state.open.size > settings.slots) throw new Error("Too many calls");
    // Looking at all of them each time would take too long where there are many.
    if (known.size > 500 && ++steps % 50 > 0) return;
    const unsettled = listUnsettled(state);
    const places = new Set(unsettled);
    if (places.size !== unsettled.length) {
      throw new Error("An item is twice there");
    }
    for (const item of known) {
      if (places.has(item) === fates.has(item)) {
        throw new Error(
          `Item ${item} is in ${places.has(item) ? 2 : 0} places`,
        );
      }
    }
  };
  const give = (input: DeliveryInput<number>) => {
    if (input.type === "add") {
      for (const item of input.items) {
        known.add(item);
      }
    }
    const step = advanceDelivery(state, input, {
      now,
      delayAfter: (failures) => deliveryDelay(failures, random),
    });
    state = step.state;
    for (const action of step.actions) act(action);
    check();
  };
  return {
    state: () => state,
    now: () => now,
    fates,
    calls,
    parked,
    give,
    answer: (call, answer) =>
      give({ type: "answers", answers: [{ call, answer }] }),
    pass: (milliseconds) => {
      const end = now + milliseconds;
      for (let steps = 0;; steps++) {
        if (steps > 1_000_000) throw new Error("The machine never rests");
        const answerAt = Math.min(...due.map(({ at }) => at));
        const wakeAt = Math.max(now, nextWake(state));
        const next = Math.min(answerAt, wakeAt);
        if (next > end) break;
        now = Math.max(now, next);
        const ready = due.filter(({ at }) => at <= now);
        for (const each of ready) due.splice(due.indexOf(each), 1);
        if (ready.length > 0) {
          give({ type: "answers", answers: ready });
        } else give({ type: "time" });
      }
      now = end;
      give({ type: "time" });
    },
  };
}

/** A call was taken. */
export const taken: Answer<number> = { type: "taken" };

/** A call failed in a way. */
export function failed(
  kind: "retry" | "reject" | "pause" | "busy" | "split",
  retryAfter: number | null = null,
): Answer<number> {
  return { type: "failed", failure: { kind, retryAfter, message: kind } };
}

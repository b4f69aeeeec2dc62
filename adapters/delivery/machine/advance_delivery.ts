import type {
  DeliveryAction,
  DeliveryInput,
  DeliveryMoment,
} from "./delivery_input.ts";
import type { DeliveryState } from "./delivery_state.ts";
import { listUnsettled } from "./delivery_state.ts";
import { failOverdue, settleAnswers } from "./settle_answers.ts";
import { insert } from "./fail_parcel.ts";
import { handOver } from "./hand_over.ts";
import { emptyLine, extend, listLine, takeFrom } from "./line.ts";
import { notTried, type Parcel } from "./parcel.ts";

/** Where a delivery is after something happened, and what is to be done, in order. */
export interface DeliveryStep<Item> {
  /** The state. */
  readonly state: DeliveryState<Item>;
  /** What is to be done. */
  readonly actions: readonly DeliveryAction<Item>[];
}

/**
 * The delivery of items to a destination: pure, data in and data out. Whatever happens, calls that are
 * overdue are given up, unless that is their answer, and at the end items are handed over where there is
 * a slot, so that neither relies on a timer alone.
 *
 * Every item that was added is, at any time, in exactly one place: not settled (`listUnsettled`), or
 * in one action `delivered`, `park` or `dropped`.
 *
 * @example
 * ```ts
 * import { advanceDelivery } from "./advance_delivery.ts";
 * import { callbackSettings } from "./delivery_settings.ts";
 * import { initialDelivery } from "./delivery_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const moment = { now: 0, delayAfter: () => 500 };
 * const begun = initialDelivery<string>(callbackSettings);
 * const { state, actions } = advanceDelivery(begun, { type: "add", items: ["a"] }, moment);
 * assertEquals(actions.map(({ type }) => type), ["hand-over"]);
 * const answers = [{ call: 1, answer: { type: "taken" } as const }];
 * const step = advanceDelivery(state, { type: "answers", answers }, moment);
 * assertEquals(step.actions, [{ type: "delivered", items: ["a"] }]);
 * ```
 */
export function advanceDelivery<Item>(
  state: DeliveryState<Item>,
  input: DeliveryInput<Item>,
  moment: DeliveryMoment,
): DeliveryStep<Item> {
  const actions: DeliveryAction<Item>[] = [];
  // Room is made while something is recorded, which no call may hold up.
  if (input.type === "drop") {
    return { state: dropOldest(state, input.count, actions), actions };
  }
  if (input.type === "withdraw") {
    return { state: withdraw(state, input.call), actions };
  }
  // What has its answer is not overdue, however late the machine hears of it: a process may have been frozen.
  const settled = input.type === "answers"
    ? failOverdue(
      settleAnswers(state, input.answers, moment, actions),
      moment,
      actions,
    )
    : take(failOverdue(state, moment, actions), input, moment, actions);
  return { state: handOver(settled, moment.now, actions), actions };
}

function take<Item>(
  state: DeliveryState<Item>,
  input: Exclude<
    DeliveryInput<Item>,
    { readonly type: "drop" | "withdraw" | "answers" }
  >,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const { now } = moment;
  switch (input.type) {
    case "add":
      return {
        ...state,
        fresh: extend(state.fresh, input.items),
        freshSince: state.fresh.length === 0 ? now : state.freshSince,
      };
    case "hurry":
      return { ...tryAtOnce(state, now), isHurried: true };
    case "relax":
      return { ...state, isHurried: false };
    case "pause":
      return { ...state, paused: input.reason };
    case "resume":
      return {
        ...tryAtOnce(state, now),
        paused: null,
        refusals: 0,
        restUntil: now,
        rests: 0,
        isRestAsked: false,
      };
    case "forget":
      return forget(state, input.isGone ?? (() => true), actions);
    case "time":
      return state;
  }
}

// Waiting parcels are due now, and keep their order. A rest that the destination asked for goes on.
function tryAtOnce<Item>(
  state: DeliveryState<Item>,
  now: number,
): DeliveryState<Item> {
  return {
    ...state,
    waiting: state.waiting.map((parcel) =>
      parcel.due > now ? { ...parcel, due: now } : parcel
    ),
    restUntil: state.isRestAsked ? state.restUntil : now,
  };
}

// The oldest are those that failed, then the halves of a batch, then those that were never tried.
function dropOldest<Item>(
  state: DeliveryState<Item>,
  count: number,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const dropped: Item[] = [];
  const shrink = (parcels: DeliveryState<Item>["waiting"]) =>
    parcels.flatMap((parcel) => {
      const room = Math.max(0, count - dropped.length);
      if (room === 0) return [parcel];
      dropped.push(...parcel.items.slice(0, room));
      const items = parcel.items.slice(room);
      return items.length === 0 ? [] : [{ ...parcel, items }];
    });
  const waiting = shrink(state.waiting);
  const next = shrink(state.next);
  const [items, fresh] = takeFrom(state.fresh, count - dropped.length);
  dropped.push(...items);
  if (dropped.length > 0) actions.push({ type: "dropped", items: dropped });
  return { ...state, waiting, next, fresh };
}

function withdraw<Item>(
  state: DeliveryState<Item>,
  call: number,
): DeliveryState<Item> {
  const open = new Map(state.open);
  const { parcel } = open.get(call)!;
  open.delete(call);
  return insert({ ...state, open }, notTried(parcel));
}

// What was handed over together with items that are gone is handed over again without them.
function forget<Item>(
  state: DeliveryState<Item>,
  isGone: (item: Item) => boolean,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const items = listUnsettled(state).filter(isGone);
  if (items.length === 0) return state;
  const isKept = (item: Item) => !isGone(item);
  const sift = (parcels: readonly Parcel<Item>[]) =>
    parcels.flatMap((parcel) => {
      const left = parcel.items.filter(isKept);
      return left.length === 0 ? [] : [{ ...parcel, items: left }];
    });
  const open = new Map(state.open);
  const cut: Parcel<Item>[] = [];
  for (const [call, { parcel }] of state.open) {
    if (parcel.items.every(isKept)) continue;
    open.delete(call);
    actions.push({ type: "abort", call });
    cut.push(parcel);
  }
  actions.push({ type: "dropped", items });
  return {
    ...state,
    fresh: extend(emptyLine, listLine(state.fresh).filter(isKept)),
    next: [...sift(cut), ...sift(state.next)],
    waiting: sift(state.waiting),
    open,
  };
}

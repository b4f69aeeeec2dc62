import type { ParkReason } from "../../log/port/parked_event.ts";
import type { DeliveryFailure } from "../delivery_failure.ts";
import type { DeliveryAction, DeliveryMoment } from "./delivery_input.ts";
import { type DeliveryState, isOutage } from "./delivery_state.ts";
import { halve, type Parcel } from "./parcel.ts";

/** Refusals of single items in a row, without a success, after which a delivery pauses itself. */
const mostRefusals = 5;

/** So many calls succeed after one that was too large before larger ones are tried again. */
const successesUntilLarger = 16;

/** After failing for so long, in milliseconds, each attempt of an item counts, even if no other item succeeds. */
const longestOutage = 86_400_000;

/** Takes up that a parcel was not taken: it waits, is cut in halves, or is parked. */
export function failParcel<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
  failure: DeliveryFailure,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  switch (failure.kind) {
    case "reject":
    case "split":
      return refuse(state, parcel, failure, actions);
    case "pause":
      actions.push({ type: "paused", reason: "destination" });
      return {
        ...insert(state, { ...parcel, due: moment.now }),
        paused: "destination",
      };
    case "busy":
      return rest(state, parcel, failure, moment);
    case "retry":
      return retry(state, parcel, failure, moment, actions);
  }
}

function refuse<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
  { kind, message, isTooLarge = false }: DeliveryFailure,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const { length } = parcel.items;
  if (length > 1) {
    const smaller = isTooLarge
      ? {
        sizeLimit: Math.min(state.sizeLimit, length >> 1),
        untilLarger: successesUntilLarger,
      }
      : {};
    return { ...state, ...smaller, next: [...halve(parcel), ...state.next] };
  }
  const refusals = state.refusals + (kind === "split" ? 1 : 0);
  if (refusals >= mostRefusals) {
    // That many in a row are the fault of the destination, or of how it is spoken to.
    actions.push({ type: "paused", reason: "refusals" });
    return { ...insert(state, parcel), refusals, paused: "refusals" };
  }
  parkParcel(actions, parcel, "refused", message);
  return { ...state, refusals };
}

/**
 * Lets calls grow again: a call may have been too large because of one item in it, or on the way to
 * the destination.
 */
export function growCalls<Item>(
  state: DeliveryState<Item>,
  successes: number,
): DeliveryState<Item> {
  const { settings, sizeLimit } = state;
  if (sizeLimit >= settings.batchSize) return state;
  const untilLarger = state.untilLarger - successes;
  if (untilLarger > 0) return { ...state, untilLarger };
  return {
    ...state,
    sizeLimit: Math.min(settings.batchSize, 2 * sizeLimit),
    untilLarger: successesUntilLarger,
  };
}

// The destination takes nothing, whatever it is given.
function rest<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
  failure: DeliveryFailure,
  moment: DeliveryMoment,
): DeliveryState<Item> {
  const firstFailure = parcel.firstFailure ?? moment.now;
  const failed = { ...parcel, due: moment.now, firstFailure };
  return failBusy(insert(state, failed), failure, moment);
}

/** Takes up that a destination takes nothing for now, whatever it is given. */
export function failBusy<Item>(
  state: DeliveryState<Item>,
  { retryAfter }: DeliveryFailure,
  moment: DeliveryMoment,
): DeliveryState<Item> {
  const failures = state.failures + 1;
  return restAfter({ ...state, failures }, retryAfter, moment);
}

// Calls that were open together and failed together are one failure of the destination.
function restAfter<Item>(
  state: DeliveryState<Item>,
  retryAfter: number | null,
  { now, delayAfter }: DeliveryMoment,
): DeliveryState<Item> {
  if (retryAfter !== null) {
    const restUntil = Math.max(state.restUntil, now + retryAfter);
    return { ...state, restUntil, isRestAsked: true };
  }
  if (now < state.restUntil) return state;
  const rests = state.rests + 1;
  return {
    ...state,
    rests,
    restUntil: now + delayAfter(rests),
    isRestAsked: false,
  };
}

function retry<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
  { retryAfter, message }: DeliveryFailure,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const { now, delayAfter } = moment;
  // A parcel that goes on failing says nothing new of the destination.
  const failures = state.failures +
    (parcel.failedAfter === state.successes ? 0 : 1);
  const firstFailure = parcel.firstFailure ?? now;
  const isFirst = parcel.successes === -1;
  // Where something was taken since, and few others fail, the destination is well.
  const isAlone = state.successes > parcel.successes && !isOutage({ failures });
  const counts = state.settings.countsAll || isFirst || isAlone ||
    now - firstFailure >= longestOutage;
  const attempts = parcel.attempts + (counts ? 1 : 0);
  const failed = {
    ...parcel,
    attempts,
    successes: isFirst ? state.successes : parcel.successes,
    firstFailure,
    failedAfter: state.successes,
  };
  if (attempts >= state.settings.maxAttempts) {
    if (parcel.items.length > 1) {
      return { ...state, failures, next: [...halve(parcel), ...state.next] };
    }
    parkParcel(actions, failed, "attempts", message);
    return { ...state, failures };
  }
  if (!isOutage({ failures }) || state.settings.inOrder) {
    const due = now + (retryAfter ?? delayAfter(parcel.tries));
    return { ...insert(state, { ...failed, due }), failures };
  }
  // The pause is that of the destination, and the event waits at the end of those that failed.
  return restAfter(
    { ...insert(state, { ...failed, due: now }), failures },
    retryAfter,
    moment,
  );
}

/** Lets a parcel wait: in the order in which they are due; of those that are due together, the first that came. */
export function insert<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
): DeliveryState<Item> {
  const { waiting } = state;
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waiting[middle]!.due <= parcel.due) low = middle + 1;
    else high = middle;
  }
  return {
    ...state,
    waiting: [...waiting.slice(0, low), parcel, ...waiting.slice(low)],
  };
}

/** Adds the action that parks the items of a parcel. */
export function parkParcel<Item>(
  actions: DeliveryAction<Item>[],
  { items, tries }: Parcel<Item>,
  reason: ParkReason,
  message: string,
): void {
  actions.push({ type: "park", items, attempts: tries, reason, message });
}

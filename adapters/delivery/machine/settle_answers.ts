import type { ParkReason } from "../../log/port/parked_event.ts";
import { deliveryDelay } from "../../support/backoff.ts";
import type { DeliveryFailure } from "../delivery_failure.ts";
import type {
  Answer,
  CallAnswer,
  DeliveryAction,
  DeliveryMoment,
} from "./delivery_input.ts";
import {
  type DeliveryState,
  isOutage,
  type OpenCall,
} from "./delivery_state.ts";
import { halve, type Parcel } from "./parcel.ts";

/** Refusals of single items in a row, without a success, after which a delivery pauses itself. */
const mostRefusals = 5;

/** How long an item may fail, in milliseconds, until each attempt counts, whatever became of others. */
const longestOutage = 86_400_000;

/** Takes up the answers to calls; those to calls that were given up are ignored. */
export function settleAnswers<Item>(
  state: DeliveryState<Item>,
  answers: readonly CallAnswer<Item>[],
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  const open = new Map(state.open);
  const delivered: Item[] = [];
  let current = state;
  let successes = 0;
  for (const { call, answer } of answers) {
    const known = open.get(call);
    if (known === undefined) continue;
    open.delete(call);
    if (answer.type === "taken") {
      for (const item of known.parcel.items) delivered.push(item);
      successes++;
      continue;
    }
    if (successes > 0) current = succeed(current, successes);
    successes = 0;
    current = settleOther(current, known.parcel, answer, moment, actions);
  }
  if (successes > 0) current = succeed(current, successes);
  if (delivered.length > 0) {
    actions.push({ type: "delivered", items: delivered });
  }
  return { ...current, open };
}

/** Gives up the calls that take too long: they have failed. */
export function failOverdue<Item>(
  state: DeliveryState<Item>,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  let open: Map<number, OpenCall<Item>> | null = null;
  let current = state;
  for (const [call, { parcel, deadline }] of state.open) {
    if (moment.now < deadline) continue;
    open ??= new Map(state.open);
    open.delete(call);
    actions.push({ type: "abort", call });
    const message = `It did not settle within ${state.settings.longestCall} ms`;
    current = fail(
      current,
      parcel,
      {
        kind: "retry",
        retryAfter: null,
        message,
      },
      moment,
      actions,
    );
  }
  return open === null ? state : { ...current, open };
}

function succeed<Item>(
  state: DeliveryState<Item>,
  times = 1,
): DeliveryState<Item> {
  return {
    ...state,
    successes: state.successes + times,
    failures: 0,
    refusals: 0,
    restUntil: 0,
    rests: 0,
    isRestAsked: false,
  };
}

function settleOther<Item>(
  state: DeliveryState<Item>,
  parcel: Parcel<Item>,
  answer: Exclude<Answer<Item>, { readonly type: "taken" }>,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  if (answer.type === "failed") {
    return fail(state, parcel, answer.failure, moment, actions);
  }
  // A destination that names the events that it refuses is believed, and is well.
  const left = new Set(parcel.items);
  for (const { item, message, reason = "refused" } of answer.refused) {
    if (!left.delete(item)) continue;
    park(actions, { ...parcel, items: [item] }, reason, message);
  }
  const again = answer.again.filter((item) => left.delete(item));
  if (left.size > 0) actions.push({ type: "delivered", items: [...left] });
  const settled = left.size > 0 ? succeed(state) : state;
  if (again.length === 0) {
    return answer.failure?.kind === "busy"
      ? failBusy(settled, answer.failure, moment)
      : settled;
  }
  const failure = answer.failure ?? {
    kind: "retry",
    retryAfter: null,
    message: "It was not taken",
  };
  return fail(settled, { ...parcel, items: again }, failure, moment, actions);
}

function fail<Item>(
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
  const sizeLimit = isTooLarge
    ? Math.max(1, Math.min(state.sizeLimit, length >> 1))
    : state.sizeLimit;
  if (length > 1) {
    return { ...state, sizeLimit, next: [...halve(parcel), ...state.next] };
  }
  const refusals = state.refusals + (kind === "split" ? 1 : 0);
  if (refusals >= mostRefusals) {
    // That many in a row are the fault of the destination, or of how it is spoken to.
    actions.push({ type: "paused", reason: "refusals" });
    return { ...insert(state, parcel), refusals, paused: "refusals" };
  }
  park(actions, parcel, "refused", message);
  return { ...state, sizeLimit, refusals };
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

function failBusy<Item>(
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
  { now, random }: DeliveryMoment,
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
    restUntil: now + deliveryDelay(rests, random),
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
  const { now, random } = moment;
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
    park(actions, failed, "attempts", message);
    return { ...state, failures };
  }
  if (!isOutage({ failures }) || state.settings.inOrder) {
    const due = now + (retryAfter ?? deliveryDelay(parcel.tries, random));
    return { ...insert(state, { ...failed, due }), failures };
  }
  // The pause is that of the destination, and the event waits at the end of those that failed.
  return restAfter(
    { ...insert(state, { ...failed, due: now }), failures },
    retryAfter,
    moment,
  );
}

// In the order in which they are due; of those that are due together, the one that came first.
function insert<Item>(
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

function park<Item>(
  actions: DeliveryAction<Item>[],
  { items, tries }: Parcel<Item>,
  reason: ParkReason,
  message: string,
): void {
  actions.push({ type: "park", items, attempts: tries, reason, message });
}

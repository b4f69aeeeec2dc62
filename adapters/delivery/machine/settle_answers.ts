import type {
  Answer,
  CallAnswer,
  DeliveryAction,
  DeliveryMoment,
} from "./delivery_input.ts";
import type { DeliveryState, OpenCall } from "./delivery_state.ts";
import {
  failBusy,
  failParcel,
  growCalls,
  insert,
  parkParcel,
} from "./fail_parcel.ts";
import { notTried, type Parcel } from "./parcel.ts";

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
    if (answer.type === "given-back") {
      current = insert(current, notTried(known.parcel));
      continue;
    }
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
    current = failParcel(
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
    ...growCalls(state, times),
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
  answer: Exclude<Answer<Item>, { readonly type: "taken" | "given-back" }>,
  moment: DeliveryMoment,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  if (answer.type === "failed") {
    return failParcel(state, parcel, answer.failure, moment, actions);
  }
  // A destination that names the events that it refuses is believed, and is well.
  const left = new Set(parcel.items);
  for (const { item, message, reason = "refused" } of answer.refused) {
    if (!left.delete(item)) continue;
    parkParcel(actions, { ...parcel, items: [item] }, reason, message);
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
  return failParcel(
    settled,
    { ...parcel, items: again },
    failure,
    moment,
    actions,
  );
}

import type { DeliveryAction } from "./delivery_input.ts";
import {
  type DeliveryState,
  isOutage,
  type OpenCall,
} from "./delivery_state.ts";
import { peekLine, takeFrom } from "./line.ts";
import { firstTry, type Parcel, tryAgain } from "./parcel.ts";

/**
 * Hands over what can be handed over now, and gives the state after that: as many calls as there are
 * slots, none while the delivery is paused or rests, one at a time while nothing succeeds.
 */
export function handOver<Item>(
  state: DeliveryState<Item>,
  now: number,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  if (state.paused !== null || now < state.restUntil) return state;
  const { settings } = state;
  const slots = isOutage(state) ? 1 : settings.slots;
  if (state.open.size >= slots) return state;
  if (isSimple(state)) return handOverFresh(state, slots, now, actions);
  let current = state;
  let open: Map<number, OpenCall<Item>> | null = null;
  while ((open ?? state.open).size < slots) {
    if (settings.interval > 0 && now < current.nextStart) break;
    if (settings.inOrder && (open ?? state.open).size > 0) break;
    const chosen = chooseParcel(current, now, countRetries(open ?? state.open));
    if (chosen === null) break;
    const { parcel } = chosen;
    const call = current.nextCall;
    open ??= new Map(state.open);
    open.set(call, { parcel, deadline: now + settings.longestCall });
    actions.push({ type: "hand-over", call, parcel });
    current = {
      ...chosen.rest,
      nextCall: call + 1,
      nextStart: now + settings.interval,
    };
  }
  return open === null ? current : { ...current, open };
}

interface Chosen<Item> {
  readonly parcel: Parcel<Item>;
  readonly rest: DeliveryState<Item>;
}

// Nothing failed lately: the usual case, and the one that has to be fast.
function isSimple(
  { settings, next, waiting }: DeliveryState<unknown>,
): boolean {
  return next.length === 0 && waiting.length === 0 && settings.interval === 0 &&
    settings.gather === 0 && settings.batchCharacters === Infinity;
}

function handOverFresh<Item>(
  state: DeliveryState<Item>,
  slots: number,
  now: number,
  actions: DeliveryAction<Item>[],
): DeliveryState<Item> {
  if (state.fresh.length === 0) return state;
  const { settings } = state;
  const size = isOutage(state) && !settings.inOrder ? 1 : state.sizeLimit;
  const open = new Map(state.open);
  const deadline = now + settings.longestCall;
  const [items, fresh] = takeFrom(state.fresh, (slots - open.size) * size);
  let call = state.nextCall;
  for (let from = 0; from < items.length; from += size) {
    const parcel = firstTry(
      items.length <= size ? items : items.slice(from, from + size),
    );
    open.set(call, { parcel, deadline });
    actions.push({ type: "hand-over", call: call++, parcel });
  }
  return { ...state, fresh, freshSince: now, open, nextCall: call };
}

function countRetries(open: DeliveryState<unknown>["open"]): number {
  let count = 0;
  for (const { parcel } of open.values()) if (parcel.tries > 1) count++;
  return count;
}

// What failed takes half of the slots at most while something else waits for one: else calls that
// hang again would hold up all others. While nothing succeeds, what failed and what was never tried
// take turns, so that neither an event that always fails nor a long line keeps the delivery from
// finding out that the destination is back.
function chooseParcel<Item>(
  state: DeliveryState<Item>,
  now: number,
  retries: number,
): Chosen<Item> | null {
  const { next, waiting, settings } = state;
  if (settings.inOrder && waiting.length > 0) {
    return waiting[0]!.due > now ? null : {
      parcel: tryAgain(waiting[0]!),
      rest: { ...state, waiting: waiting.slice(1) },
    };
  }
  if (next.length > 0) {
    return {
      parcel: tryAgain(next[0]!),
      rest: { ...state, next: next.slice(1) },
    };
  }
  const isDue = waiting.length > 0 && waiting[0]!.due <= now;
  const isTurnOfFresh = state.fresh.length > 0 && !settings.inOrder &&
    (isOutage(state)
      ? state.rests % 2 === 1
      : retries >= Math.max(1, settings.slots >> 1));
  if (isDue && !isTurnOfFresh) {
    return {
      parcel: tryAgain(waiting[0]!),
      rest: { ...state, waiting: waiting.slice(1) },
    };
  }
  return chooseFresh(state, now);
}

function chooseFresh<Item>(
  state: DeliveryState<Item>,
  now: number,
): Chosen<Item> | null {
  const { fresh, settings } = state;
  if (fresh.length === 0) return null;
  const size = isOutage(state) && !settings.inOrder ? 1 : state.sizeLimit;
  if (
    settings.gather > 0 && !state.isHurried && fresh.length < size &&
    now < state.freshSince + settings.gather
  ) return null;
  const [items, rest] = settings.batchCharacters === Infinity
    ? takeFrom(fresh, size)
    : takeFitting(state, size);
  return {
    parcel: firstTry(items),
    rest: { ...state, fresh: rest, freshSince: now },
  };
}

// Items tell their size themselves, where it matters.
function takeFitting<Item>(
  { fresh, settings }: DeliveryState<Item>,
  size: number,
): ReturnType<typeof takeFrom<Item>> {
  let count = 0;
  let characters = 0;
  let rest = fresh;
  while (count < size) {
    const item = peekLine(rest);
    if (item === undefined) break;
    characters += charactersOf(item);
    if (count > 0 && characters > settings.batchCharacters) break;
    [, rest] = takeFrom(rest, 1);
    count++;
  }
  return takeFrom(fresh, count);
}

function charactersOf(item: unknown): number {
  const { characters } = Object(item) as { readonly characters?: unknown };
  return typeof characters === "number" ? characters : 0;
}

import { type DeliveryState, isOutage } from "./delivery_state.ts";

/**
 * Tells when something is due: a call to be given up, a parcel to be tried again, the end of a rest.
 * Infinity where nothing is.
 */
export function nextWake(state: DeliveryState<unknown>): number {
  let wake = Infinity;
  for (const { deadline } of state.open.values()) {
    wake = Math.min(wake, deadline);
  }
  return Math.min(wake, nextStart(state));
}

function nextStart(state: DeliveryState<unknown>): number {
  const { settings, next, waiting } = state;
  const slots = settings.inOrder || isOutage(state) ? 1 : settings.slots;
  if (state.paused !== null || state.open.size >= slots) return Infinity;
  const due = next.length > 0 && !(settings.inOrder && waiting.length > 0)
    ? 0
    : Math.min(waiting[0]?.due ?? Infinity, freshDue(state));
  return Math.max(due, state.restUntil, intervalEnd(state));
}

function freshDue(
  { settings, fresh, freshSince, ...state }: DeliveryState<unknown>,
): number {
  if (fresh.length === 0) return Infinity;
  // In order, nothing overtakes what waits.
  if (settings.inOrder && state.waiting.length > 0) return Infinity;
  const isFull = fresh.length >= state.sizeLimit || state.isHurried;
  return isFull || settings.gather === 0 ? 0 : freshSince + settings.gather;
}

function intervalEnd({ settings, nextStart }: DeliveryState<unknown>): number {
  return settings.interval > 0 ? nextStart : 0;
}

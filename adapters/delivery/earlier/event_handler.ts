import type { RecordedEvent } from "../../../core/events/types/recorded_event.ts";

/** Takes events. What it throws, or its promise rejects with, is read by `failureOf`. */
export type EventHandler = (
  events: readonly RecordedEvent[],
  delivery: { readonly signal: AbortSignal },
) => unknown;

import type { Resolution, ResolutionError } from "../mapping/resolution.ts";
import type { ProviderOutlets } from "./create_provider_life.ts";
import { isRefused, type ProviderState } from "./provider_state.ts";

/** What a provider takes from the SDK that the application has, since only that knows its own. */
export interface SdkWords<Event> {
  /** The events that a provider emits. */
  readonly events: {
    readonly [State in "Ready" | "Stale" | "Error" | "ConfigurationChanged"]:
      Event;
  };
  /** What `initialize` rejects with where trying again is in vain. */
  readonly ProviderFatalError: new (message: string) => Error;
  /** What it rejects with otherwise. */
  readonly ProviderNotReadyError: new (message: string) => Error;
}

const eventNames = {
  ready: "Ready",
  stale: "Stale",
  error: "Error",
} as const satisfies { readonly [State in ProviderState]: string };

/** Makes what a provider tells with, in the words of an SDK. */
export function createOutlets<Event>(
  words: SdkWords<Event>,
  emit: (event: Event, details: EventDetails) => void,
): ProviderOutlets {
  const { ProviderFatalError, ProviderNotReadyError } = words;
  return {
    tell: (state, status) =>
      emit(words.events[eventNames[state]], {
        message: status.reason,
        metadata: { code: status.code },
        ...isRefused(status) ? { errorCode: "PROVIDER_FATAL" } : {},
      }),
    tellChanges: (keys) =>
      emit(words.events.ConfigurationChanged, { flagsChanged: [...keys] }),
    createError: (isFatal, message) =>
      isFatal
        ? new ProviderFatalError(message)
        : new ProviderNotReadyError(message),
  };
}

/** What comes with an event. A type and no interface, since from those of the SDK any name may be read. */
export type EventDetails = {
  /** Why, for people. */
  readonly message?: string;
  /** Why, for programs. */
  readonly metadata?: { [name: string]: string };
  /** Says that an error is for good. */
  readonly errorCode?: string;
  /** The flags that changed. */
  readonly flagsChanged?: string[];
};

/** Puts a resolution into the words of an SDK, whose error codes are an enumeration of its own. */
export function withCode<Value, Code>(
  { errorCode, ...resolution }: Resolution<Value>,
  codes: { readonly [Name in ResolutionError]: Code },
): Omit<Resolution<Value>, "errorCode"> & { readonly errorCode?: Code } {
  return errorCode === undefined
    ? resolution
    : { ...resolution, errorCode: codes[errorCode] };
}

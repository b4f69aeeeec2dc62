import { isObject } from "../../support/read_own.ts";
import type { Attributes } from "../../types/attributes.ts";
import type { JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import type { Projection } from "./projection.ts";
import { readData } from "../types/read_data.ts";
import type { NewEvent } from "../types/recorded_event.ts";

/** What a client's inputs make of it. */
export interface ClientState {
  /**
   * Where the payload stands: not there yet, current, older than a source that failed since, or not
   * there because the source failed.
   */
  readonly status: "initializing" | "ready" | "stale" | "error";
  /** The last failure since the last payload; null where there was none. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** The digest of the payload; null before the first. */
  readonly payloadDigest: string | null;
  /** The payload; null before the first, and where the event does not carry it. */
  readonly payload: Payload | null;
  /** When the payload was made, as the server says; null where it doesn't. */
  readonly dateUpdated: string | null;
  /** When the payload came, in milliseconds since 1970; null before the first. */
  readonly loadedAt: number | null;
  /** The attributes. */
  readonly attributes: Attributes;
  /** The URL; null before the first. */
  readonly url: string | null;
  /** Variation indices by experiment key. */
  readonly forcedVariations: { readonly [experimentKey: string]: number };
  /** Values by feature key. */
  readonly forcedFeatureValues: { readonly [featureKey: string]: JsonValue };
}

/**
 * What a client knows: the fold of the inputs that drive it.
 *
 * @example
 * ```ts
 * import { clientState } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const state = clientState.evolve(clientState.initial, {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "attributes.changed",
 *   version: 1,
 *   data: { attributes: { id: "7" } },
 * });
 * assertEquals(state.attributes, { id: "7" });
 * ```
 */
export const clientState: Projection<ClientState> = {
  name: "client-state",
  version: 1,
  initial: {
    status: "initializing",
    failure: null,
    payloadDigest: null,
    payload: null,
    dateUpdated: null,
    loadedAt: null,
    attributes: {},
    url: null,
    forcedVariations: {},
    forcedFeatureValues: {},
  },
  evolve: (state, event) => {
    switch (event.type) {
      case "payload.loaded":
        return load(state, event);
      case "source.failed":
        return fail(state, event);
      case "overrides.changed":
        return force(state, event);
      case "attributes.changed": {
        const data = readData(event, "attributes.changed");
        return data === null
          ? state
          : { ...state, attributes: data.attributes };
      }
      case "url.changed": {
        const data = readData(event, "url.changed");
        return data === null ? state : { ...state, url: data.url };
      }
      default:
        return state;
    }
  },
};

function load(state: ClientState, event: NewEvent): ClientState {
  const data = readData(event, "payload.loaded");
  if (data === null) return state;
  const { digest, dateUpdated, payload } = data;
  const known = digest === state.payloadDigest ? state.payload : null;
  return {
    ...state,
    status: "ready",
    failure: null,
    payloadDigest: digest,
    payload: isObject(payload) ? payload : known,
    dateUpdated,
    loadedAt: event.time,
  };
}

function fail(state: ClientState, event: NewEvent): ClientState {
  const data = readData(event, "source.failed");
  if (data === null) return state;
  const { code, message } = data;
  const status = state.payloadDigest === null ? "error" : "stale";
  return { ...state, status, failure: { code, message } };
}

function force(state: ClientState, event: NewEvent): ClientState {
  const data = readData(event, "overrides.changed");
  if (data === null) return state;
  const { forcedVariations, forcedFeatureValues } = state;
  return {
    ...state,
    forcedVariations: data.forcedVariations ?? forcedVariations,
    forcedFeatureValues: data.forcedFeatureValues ?? forcedFeatureValues,
  };
}

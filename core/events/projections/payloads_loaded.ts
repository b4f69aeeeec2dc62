import { getEntry } from "../../collections/get_entry.ts";
import { setEntry } from "../../collections/set_entry.ts";
import { emptyMap, type SortedMap } from "../../collections/sorted_map.ts";
import type { Payload } from "../../types/payload.ts";
import type { Projection } from "./projection.ts";
import {
  hideState,
  insideOf,
  type ProjectionState,
} from "./projection_state.ts";
import { readData } from "../types/read_data.ts";

/** Payloads by their digest. */
export type PayloadsLoaded = ProjectionState<"payloads-loaded">;

/**
 * The payloads that a log has kept, for decisions to be verified against. A payload is in the log once
 * for each digest, and only where the client was told to keep it.
 *
 * @example
 * ```ts
 * import { findPayload, payloadsLoaded } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findPayload(payloadsLoaded.initial, "8f14e45f"), null);
 * ```
 */
export const payloadsLoaded: Projection<PayloadsLoaded> =
  /* @__PURE__ */ hideState<SortedMap<Payload>, "payloads-loaded">({
    name: "payloads-loaded",
    version: 1,
    initial: emptyMap,
    evolve: (state, event) => {
      const loaded = readData(event, "payload.loaded");
      if (loaded?.payload === undefined) return state;
      return getEntry(state, loaded.digest) === undefined
        ? setEntry(state, loaded.digest, loaded.payload)
        : state;
    },
  });

/**
 * Finds a payload by its digest; null where it wasn't kept. Throws a `TypeError` where the state is not an
 * object.
 *
 * @example
 * ```ts
 * import { findPayload, payloadsLoaded, replay } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const payload = { features: { chat: { defaultValue: true } } };
 * const loaded = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   position: 1,
 *   time: 1_760_000_000_000,
 *   type: "payload.loaded",
 *   version: 1,
 *   data: { digest: "8f14e45f", dateUpdated: null, changed: ["chat"], issues: [], payload },
 * };
 * const { states } = replay([loaded], { payloadsLoaded });
 * assertEquals(findPayload(states.payloadsLoaded, "8f14e45f"), payload);
 * assertEquals(findPayload(states.payloadsLoaded, "unknown"), null);
 * ```
 */
export function findPayload(
  state: PayloadsLoaded,
  digest: string,
): Payload | null {
  return getEntry(insideOf<SortedMap<Payload>>(state), digest) ?? null;
}

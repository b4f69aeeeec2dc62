import { redeliveryLane, wholeLog } from "../../log/port/consumer_key.ts";

/** The names that a store has claimed lanes for, also where Redis has forgotten the lane since. */
export interface ClaimedNames {
  /** Notes that a lane was claimed for a name. Both are escaped. */
  readonly add: (lane: string, name: string) => void;
  /** Notes that a name gave a lane back. */
  readonly remove: (lane: string, name: string) => void;
  /** Gives the names of a lane. */
  readonly of: (lane: string) => readonly string[];
}

/** Of how many lanes names are known. A process appends to few. */
const capacity = 1_000;

/**
 * Makes the list. Redis forgets a lane whose events are gone and whose owner gives no sign of life, or
 * all lanes where it loses its data. An owner that stood still does not know that yet, and appends to
 * it: with these names Redis knows again whose events they are.
 *
 * @example
 * ```ts
 * import { createClaimedNames } from "./create_claimed_names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = createClaimedNames();
 * names.add("lane", "sink");
 * names.add("lane", "callback");
 * names.remove("lane", "sink");
 * assertEquals(names.of("lane"), ["callback"]);
 * assertEquals(names.of("other"), []);
 * ```
 */
export function createClaimedNames(): ClaimedNames {
  const lanes = new Map<string, Set<string>>();
  return {
    add: (lane, name) => {
      if (lane === wholeLog || lane === redeliveryLane) return;
      const names = lanes.get(lane) ?? new Set();
      lanes.delete(lane);
      lanes.set(lane, names.add(name));
      for (const oldest of lanes.keys()) {
        if (lanes.size <= capacity) break;
        lanes.delete(oldest);
      }
    },
    remove: (lane, name) => {
      const names = lanes.get(lane);
      names?.delete(name);
      if (names?.size === 0) lanes.delete(lane);
    },
    of: (lane) => [...lanes.get(lane) ?? []],
  };
}

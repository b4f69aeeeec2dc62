import { getEntry } from "../../collections/get_entry.ts";
import { listEntries } from "../../collections/list_entries.ts";
import { packMap } from "../../collections/pack_map.ts";
import { setEntry } from "../../collections/set_entry.ts";
import { emptyMap, type SortedMap } from "../../collections/sorted_map.ts";
import { evolveStickyBuckets } from "../../sticky/evolve_sticky_buckets.ts";
import type {
  StickyAssignmentDocument,
  StickyAssignmentDocuments,
} from "../../types/sticky_bucket.ts";
import { makeProjection } from "./make_projection.ts";
import type { Projection } from "./projection.ts";
import {
  hideState,
  insideOf,
  type ProjectionState,
} from "./projection_state.ts";
import { readData } from "../types/read_data.ts";

/** Sticky bucket documents by `attributeName||attributeValue`. */
export type StickyDocuments = ProjectionState<"sticky-documents">;

type Documents = SortedMap<StickyAssignmentDocument>;

/**
 * The sticky bucket documents of all users: the union of all assignments that were ever made, as
 * `evolveStickyBuckets` makes it. Of two assignments to one experiment and version the later stays.
 *
 * @example
 * ```ts
 * import { getStickyDocuments, stickyDocuments } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const state = stickyDocuments.evolve(stickyDocuments.initial, {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { cta__0: "b" } },
 * });
 * const documents = getStickyDocuments(state, [["id", "7"]]);
 * assertEquals(documents["id||7"]?.assignments, { cta__0: "b" });
 * ```
 */
export const stickyDocuments: Projection<StickyDocuments> =
  /* @__PURE__ */ hideState(/* @__PURE__ */ makeProjection<Documents>({
    name: "sticky-documents",
    version: 1,
    initial: emptyMap,
    step: (state, event, owned) => {
      const assigned = readData(event, "sticky-bucket.assigned");
      if (assigned === null) return state;
      const { attributeName, attributeValue, assignments } = assigned;
      const key = `${attributeName}||${attributeValue}`;
      const known = getEntry(state, key);
      const before = known === undefined ? {} : { [key]: known };
      const after = evolveStickyBuckets(before, {
        attributeName,
        attributeValue,
        assignments,
      });
      return setEntry(state, key, after[key]!, owned);
    },
    pack: packMap,
  }));

/**
 * Gives the documents of some attributes with their values, as a context takes them; none for a value
 * without assignments. Throws a `TypeError` where the state is not an object.
 *
 * @example
 * ```ts
 * import { getStickyDocuments, replay, stickyDocuments } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const assigned = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   position: 1,
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { cta__0: "order" } },
 * };
 * const { states } = replay([assigned], { stickyDocuments });
 * const documents = getStickyDocuments(states.stickyDocuments, [["id", "7"], ["id", "8"]]);
 * assertEquals(documents, { "id||7": assigned.data });
 * ```
 */
export function getStickyDocuments(
  state: StickyDocuments,
  attributes: Iterable<readonly [name: string, value: string]>,
): StickyAssignmentDocuments {
  let found: StickyAssignmentDocuments = {};
  for (const [name, value] of attributes) {
    const document = getEntry(insideOf<Documents>(state), `${name}||${value}`);
    if (document !== undefined) found = evolveStickyBuckets(found, document);
  }
  return found;
}

/**
 * Lists the documents of all users, sorted by their keys. Throws a `TypeError`, at the first step, where
 * the state is not an object.
 *
 * @example
 * ```ts
 * import { listStickyDocuments, replay, stickyDocuments } from "@growthstream/sdk/events";
 * import { assertEquals } from "@std/assert";
 *
 * const assigned = {
 *   id: "0199b2c4-6c00-7000-8000-000000000001",
 *   position: 1,
 *   time: 1_760_000_000_000,
 *   type: "sticky-bucket.assigned",
 *   version: 1,
 *   data: { attributeName: "id", attributeValue: "7", assignments: { cta__0: "order" } },
 * };
 * const { states } = replay([assigned], { stickyDocuments });
 * assertEquals([...listStickyDocuments(states.stickyDocuments)], [assigned.data]);
 * ```
 */
export function* listStickyDocuments(
  state: StickyDocuments,
): Generator<StickyAssignmentDocument> {
  for (const entry of listEntries(insideOf<Documents>(state))) yield entry[1];
}

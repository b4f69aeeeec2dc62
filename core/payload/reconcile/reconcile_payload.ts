import type { JsonObject } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import { finish } from "../../support/finish.ts";
import { layPayload } from "./lay_payload.ts";

/** What differs between two payloads. */
export interface PayloadChanges {
  /** The keys of the features that were changed, added or removed. */
  readonly features: readonly string[];
  /** The ids of the saved groups that were. */
  readonly savedGroups: readonly string[];
  /** The references of the contextual bandits that were. */
  readonly contextualBandits: readonly string[];
  /** Whether the auto experiments differ. */
  readonly experiments: boolean;
}

/** A payload that shares with an earlier one whatever is the same in both. */
export interface ReconciledPayload {
  /** Equal to the new payload; the earlier one itself, where nothing differs. */
  readonly payload: Payload;
  /** What differs. */
  readonly changed: PayloadChanges;
}

/**
 * Lays a new payload over an earlier one: definitions that are the same keep their identity, and so
 * what was compiled of them. A list of what changed comes with it. Two definitions are the same
 * when their JSON text is: the order of keys counts, since conditions can see it. A definition that
 * nests deeper than 200 levels counts as changed.
 *
 * `previous` is null where there is none: everything is new then. Both come from `parsePayload`.
 * Neither is changed. Takes time in proportion to their size.
 *
 * @example
 * ```ts
 * import { parsePayload, reconcilePayload } from "@growthstream/sdk";
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 *
 * const banner = { defaultValue: "Welcome" };
 * const { payload: previous } = parsePayload({ features: { banner, chat: {} } });
 * const { payload: next } = parsePayload({ features: { banner, chat: { defaultValue: true } } });
 * const { payload, changed } = reconcilePayload(previous, next);
 * assertEquals(payload, next);
 * assertStrictEquals(payload.features["banner"], previous.features["banner"]);
 * assertEquals(changed.features, ["chat"]);
 * ```
 */
export function reconcilePayload(
  previous: Payload | null,
  next: Payload,
): ReconciledPayload {
  const payload = finish(layPayload(previous, next));
  const before: Partial<Payload> = previous ?? {};
  const changed = {
    features: changedKeys(before.features, payload.features),
    savedGroups: changedKeys(before.savedGroups, payload.savedGroups),
    contextualBandits: changedKeys(
      before.contextualBandits,
      payload.contextualBandits,
    ),
    experiments: before.experiments !== payload.experiments,
  };
  return { payload, changed };
}

// What is the same is the same object.
function changedKeys(before: object = {}, after: object = {}): string[] {
  const [known, given] = [before, after] as readonly JsonObject[];
  return Object.keys({ ...given, ...known }).filter((name) =>
    !Object.hasOwn(before, name) || !Object.hasOwn(after, name) ||
    known![name] !== given![name]
  );
}

import type { JsonValue } from "../../types/json.ts";
import type { Payload } from "../../types/payload.ts";
import { sameJson } from "./same_json.ts";
import { finish } from "../../support/finish.ts";
import { setOwn } from "../../support/set_own.ts";

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
  return finish(reconcileInTurns(previous, next));
}

/** Does what {@linkcode reconcilePayload} does, a definition at a step. */
export function* reconcileInTurns(
  previous: Payload | null,
  next: Payload,
): Generator<void, ReconciledPayload> {
  const before: Partial<Payload> = previous ?? {};
  const features = yield* lay(before.features, next.features);
  const savedGroups = yield* lay(before.savedGroups, next.savedGroups);
  const bandits = yield* lay(before.contextualBandits, next.contextualBandits);
  const experiments = sameJson(
      before.experiments as JsonValue | undefined,
      next.experiments as JsonValue | undefined,
    )
    ? before.experiments
    : next.experiments;
  const changed = {
    features: features.changed,
    savedGroups: savedGroups.changed,
    contextualBandits: bandits.changed,
    experiments: experiments !== before.experiments,
  };
  const isSame = previous !== null &&
    previous.dateUpdated === next.dateUpdated &&
    features.record === previous.features &&
    savedGroups.record === previous.savedGroups &&
    bandits.record === previous.contextualBandits &&
    experiments === previous.experiments;
  if (isSame) return { payload: previous, changed };
  const payload = {
    ...next,
    features: features.record,
    ...(savedGroups.record && { savedGroups: savedGroups.record }),
    ...(bandits.record && { contextualBandits: bandits.record }),
    ...(experiments && { experiments }),
  };
  return { payload: Object.freeze(payload) as Payload, changed };
}

interface Laid<Entries> {
  readonly record: Entries;
  readonly changed: readonly string[];
}

function* lay<Entries extends object | undefined>(
  previous: Entries | undefined,
  next: Entries,
): Generator<void, Laid<Entries>> {
  const before: object = previous ?? {};
  const after: object = next ?? {};
  if (previous === undefined) {
    return { record: next, changed: Object.keys(after) };
  }
  const record: { [name: string]: JsonValue } = {};
  const changed: string[] = [];
  for (const [name, entry] of Object.entries(after)) {
    yield;
    const known = Object.hasOwn(before, name)
      ? (before as Readonly<typeof record>)[name]
      : undefined;
    const isKept = known !== undefined && sameJson(known, entry);
    if (!isKept) changed.push(name);
    setOwn(record, name, isKept ? known : entry);
  }
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) changed.push(name);
  }
  if (next === undefined) return { record: next, changed };
  const isSame = changed.length === 0 &&
    sameJson(Object.keys(before), Object.keys(after));
  return {
    record: isSame ? previous : Object.freeze(record) as Entries,
    changed,
  };
}

import { featureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { FeatureDefinition } from "../../../core/types/feature.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** Tells which features another payload concerns, as payloads of one client follow each other. */
export type ChangedFlags = (
  previous: Payload,
  next: Payload,
) => readonly string[];

/** What a definition asks for by itself, without what its parents ask for. */
interface Links {
  readonly features: readonly string[];
  readonly savedGroups: readonly string[];
  readonly contextualBandits: readonly string[];
}

/**
 * Makes what lists the keys of the features that are not in both payloads, or whose definition, or
 * that of something they depend on, differs: parents, saved groups, contextual bandits. In the order
 * of the keys. What is the same in both payloads has to be the same object, as `reconcilePayload` and
 * the payloads of a client have it. Takes time in proportion to what the features refer to.
 *
 * @example
 * ```ts
 * import { createChangedFlags } from "./changed_flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const banner = { defaultValue: 1 };
 * const chat = { rules: [{ parentConditions: [{ id: "premium", condition: { value: true } }], force: 1 }] };
 * const previous = { features: { banner, chat, premium: { defaultValue: false } } };
 * const next = { features: { banner, chat, premium: { defaultValue: true } } };
 * assertEquals(createChangedFlags()(previous, next), ["chat", "premium"]);
 * ```
 */
export function createChangedFlags(): ChangedFlags {
  let links = new WeakMap<FeatureDefinition, Links>();
  let groups: Payload["savedGroups"];
  let bandits: Payload["contextualBandits"];

  // Definitions keep their identity while they stay the same, and so do their links.
  const linksOf = (payload: Payload, key: string): Links => {
    const definition = payload.features[key]!;
    let found = links.get(definition);
    if (found === undefined) {
      const features = { [key]: definition };
      const all = featureDependencies({ ...payload, features }, key);
      // The feature itself comes first.
      found = { ...all, features: all.features.slice(1) };
      links.set(definition, found);
    }
    return found;
  };
  return (previous, next) => {
    if (
      next.savedGroups !== groups || next.contextualBandits !== bandits ||
      previous.savedGroups !== groups || previous.contextualBandits !== bandits
    ) links = new WeakMap();
    groups = next.savedGroups;
    bandits = next.contextualBandits;
    const changed = new Set(differences(previous.features, next.features));
    const parts = {
      savedGroups: new Set(differences(previous.savedGroups, groups)),
      contextualBandits: new Set(
        differences(previous.contextualBandits, bandits),
      ),
    };
    const children = new Map<string, string[]>();
    for (const key of Object.keys(next.features)) {
      const found = linksOf(next, key);
      for (const parent of found.features) {
        const known = children.get(parent);
        if (known === undefined) children.set(parent, [key]);
        else known.push(key);
      }
      if (
        found.savedGroups.some((id) => parts.savedGroups.has(id)) ||
        found.contextualBandits.some((id) => parts.contextualBandits.has(id))
      ) changed.add(key);
    }
    // A set goes on to what is added while it is walked.
    for (const key of changed) {
      for (const child of children.get(key) ?? []) changed.add(child);
    }
    return [...changed].sort();
  };
}

function differences(previous: object = {}, next: object = {}): string[] {
  const before = previous as { readonly [name: string]: unknown };
  const after = next as { readonly [name: string]: unknown };
  if (before === after) return [];
  return [
    ...Object.keys(after).filter((name) =>
      !Object.hasOwn(before, name) || before[name] !== after[name]
    ),
    ...Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
  ];
}

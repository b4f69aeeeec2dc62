import type { Context } from "../../../core/types/context.ts";
import { isEqual } from "../../support/is_equal.ts";

/** How a context differs from the one before it. */
export interface ContextChanges {
  /** The names of the attributes that changed, came or went. */
  readonly attributes: readonly string[];
  /** The keys of the features whose definition or forced value changed, came or went. */
  readonly features: readonly string[];
  /** The ids of the saved groups that changed, came or went. */
  readonly savedGroups: readonly string[];
  /** The keys of the experiments whose forced variation or sticky assignment changed. */
  readonly experiments: readonly string[];
  /** Whether the URL changed. */
  readonly url: boolean;
  /** Whether sticky bucketing was turned on or off. */
  readonly stickyBuckets: boolean;
  /** The references of the contextual bandits that changed, came or went. */
  readonly contextualBandits: readonly string[];
}

/**
 * Compares two contexts of one client. Definitions are told apart by identity, since payloads that
 * follow each other share what is equal in them; what an application gives, by content.
 */
export function contextChanges(
  previous: Context<object>,
  next: Context<object>,
): ContextChanges {
  return {
    attributes: differences(previous.attributes, next.attributes, isEqual),
    features: [
      ...differences(previous.features, next.features, Object.is),
      ...differences(
        previous.forcedFeatureValues,
        next.forcedFeatureValues,
        isEqual,
      ),
    ],
    savedGroups: differences(previous.savedGroups, next.savedGroups, Object.is),
    experiments: [
      ...differences(
        previous.forcedVariations,
        next.forcedVariations,
        Object.is,
      ),
      ...changedAssignments(previous, next),
    ],
    url: previous.url !== next.url,
    stickyBuckets: previous.stickyBucketAssignmentDocs === undefined !==
      (next.stickyBucketAssignmentDocs === undefined),
    contextualBandits: differences(
      previous.contextualBandits,
      next.contextualBandits,
      Object.is,
    ),
  };
}

type Dictionary = { readonly [name: string]: unknown };

function differences(
  previous: Dictionary = {},
  next: Dictionary = {},
  isSame: (left: unknown, right: unknown) => boolean,
): readonly string[] {
  if (previous === next) return [];
  const changed = Object.keys(next).filter((name) =>
    !Object.hasOwn(previous, name) || !isSame(previous[name], next[name])
  );
  const gone = Object.keys(previous).filter((name) =>
    !Object.hasOwn(next, name)
  );
  return changed.length === 0 ? gone : changed.concat(gone);
}

// An assignment under one version of an experiment matters to all its versions.
function changedAssignments(
  previous: Context<object>,
  next: Context<object>,
): readonly string[] {
  const before = previous.stickyBucketAssignmentDocs ?? {};
  const after = next.stickyBucketAssignmentDocs ?? {};
  return differences(before, after, isEqual)
    .flatMap((name) =>
      differences(
        Object.hasOwn(before, name) ? before[name]?.assignments : {},
        Object.hasOwn(after, name) ? after[name]?.assignments : {},
        Object.is,
      )
    )
    .map((key) => key.slice(0, Math.max(key.lastIndexOf("__"), 0)));
}

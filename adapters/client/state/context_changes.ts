import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { Context } from "../../../core/types/context.ts";
import { isEqual } from "../../support/is_equal.ts";
import type { ClientState } from "./client_state.ts";

/** Tells whether a change of the state concerns a feature, by what the feature depends on. */
export type Concerns = (dependencies: FeatureDependencies) => boolean;

/**
 * Where a context has what a feature depends on, and how it is compared. Definitions are told apart by
 * identity, since payloads that follow each other share what is equal in them; what an application
 * gives, by content.
 */
const parts = [
  ["attributes", "attributes", isEqual],
  ["features", "features", Object.is],
  ["forcedFeatureValues", "features", isEqual],
  ["savedGroups", "savedGroups", Object.is],
  ["contextualBandits", "contextualBandits", Object.is],
  ["forcedVariations", "experiments", isEqual],
] as const;

/** Makes what tells whether a change of a client's state concerns a feature. */
export function contextChanges(
  { context: before, awaitedSticky }: ClientState,
  next: ClientState,
): Concerns {
  const after = next.context;
  const changed = parts.filter(([part]) => before[part] !== after[part]);
  const assigned = new Set(changedAssignments(before, after));
  const isUrl = before.url !== after.url;
  const isSticky = !isEqual(awaitedSticky, next.awaitedSticky) ||
    before.stickyBucketAssignmentDocs === undefined !==
      (after.stickyBucketAssignmentDocs === undefined);
  return (dependencies) =>
    isUrl && dependencies.url || isSticky && dependencies.stickyBuckets ||
    changed.some(([part, kind, isSame]) =>
      dependencies[kind].some((name) =>
        differs(before[part], after[part], name, isSame)
      )
    ) ||
    dependencies.experiments.some((key) => assigned.has(key));
}

/** Lists the names under which two records have not the same: what changed, came or went. */
export function differences(
  before: object = {},
  after: object = {},
  isSame: Comparison = isEqual,
): readonly string[] {
  return before === after ? [] : Object.keys({ ...after, ...before })
    .filter((name) => differs(before, after, name, isSame));
}

type Comparison = (left: unknown, right: unknown) => boolean;

function differs(
  before: object = {},
  after: object = {},
  name: string,
  isSame: Comparison,
): boolean {
  return !isSame(read(before, name), read(after, name));
}

const absent: unique symbol = /* @__PURE__ */ Symbol("absent");

function read(record: object, name: string): unknown {
  return Object.hasOwn(record, name)
    ? record[name as keyof typeof record]
    : absent;
}

// An assignment under one version of an experiment matters to all its versions.
function changedAssignments(
  before: Context<object>,
  after: Context<object>,
): readonly string[] {
  const [old = {}, current = {}] = [before, after]
    .map((context) => context.stickyBucketAssignmentDocs);
  return differences(old, current)
    .flatMap((name) =>
      differences(old[name]?.assignments, current[name]?.assignments)
    )
    .map((key) => key.slice(0, Math.max(key.lastIndexOf("__"), 0)));
}

import type { FeatureDependencies } from "../../../core/feature/feature_dependencies.ts";
import type { ContextChanges } from "../state/context_changes.ts";

/** Finds what depends on a change, without looking at what doesn't. */
export interface DependencyIndex<Entry> {
  /** Adds an entry with what it depends on. */
  readonly add: (entry: Entry, dependencies: FeatureDependencies) => void;
  /** Removes an entry, given what it was added with. */
  readonly remove: (entry: Entry, dependencies: FeatureDependencies) => void;
  /** Gives the entries that a change may concern, each once. */
  readonly find: (changes: ContextChanges) => ReadonlySet<Entry>;
}

const kinds = [
  "attributes",
  "features",
  "savedGroups",
  "contextualBandits",
  "experiments",
] as const;

/** Makes an index of entries by what they depend on. */
export function createDependencyIndex<Entry>(): DependencyIndex<Entry> {
  const byUrl = new Set<Entry>();
  const byStickyBuckets = new Set<Entry>();
  const byName = kinds.map(() => new Map<string, Set<Entry>>());
  return {
    add: (entry, dependencies) => {
      if (dependencies.url) byUrl.add(entry);
      if (dependencies.stickyBuckets) byStickyBuckets.add(entry);
      kinds.forEach((kind, index) => {
        for (const name of dependencies[kind]) {
          insert(byName[index]!, name, entry);
        }
      });
    },
    remove: (entry, dependencies) => {
      byUrl.delete(entry);
      byStickyBuckets.delete(entry);
      kinds.forEach((kind, index) => {
        for (const name of dependencies[kind]) {
          take(byName[index]!, name, entry);
        }
      });
    },
    find: (changes) => {
      const found = new Set<Entry>();
      const addAll = (entries: Iterable<Entry> = []) => {
        for (const entry of entries) found.add(entry);
      };
      kinds.forEach((kind, index) => {
        for (const name of changes[kind]) addAll(byName[index]!.get(name));
      });
      if (changes.url) addAll(byUrl);
      if (changes.stickyBuckets) addAll(byStickyBuckets);
      return found;
    },
  };
}

function insert<Entry>(
  sets: Map<string, Set<Entry>>,
  name: string,
  entry: Entry,
): void {
  const set = sets.get(name);
  if (set === undefined) sets.set(name, new Set([entry]));
  else set.add(entry);
}

function take<Entry>(
  sets: Map<string, Set<Entry>>,
  name: string,
  entry: Entry,
): void {
  const set = sets.get(name);
  set?.delete(entry);
  if (set?.size === 0) sets.delete(name);
}

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

/** The dependents of each name: one entry as it is, since most names have one, or several. */
type Dependents<Entry> = Map<string, Entry | Set<Entry>>;

/**
 * Makes an index of entries by what they depend on. `entryOf` gives the entry of a feature: that it
 * depends on itself is known, and takes no room in the index.
 */
export function createDependencyIndex<Entry extends object>(
  entryOf: (key: string) => Entry | undefined,
): DependencyIndex<Entry> {
  const byUrl = new Set<Entry>();
  const byStickyBuckets = new Set<Entry>();
  const byName = kinds.map((): Dependents<Entry> => new Map());
  return {
    add: (entry, dependencies) => {
      if (dependencies.url) byUrl.add(entry);
      if (dependencies.stickyBuckets) byStickyBuckets.add(entry);
      kinds.forEach((kind, index) => {
        for (const name of dependencies[kind]) {
          if (kind === "features" && entryOf(name) === entry) continue;
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
      const addAll = (entries: Iterable<Entry>) => {
        for (const entry of entries) found.add(entry);
      };
      kinds.forEach((kind, index) => {
        for (const name of changes[kind]) {
          const dependents = byName[index]!.get(name);
          if (dependents instanceof Set) addAll(dependents);
          else if (dependents !== undefined) found.add(dependents);
        }
      });
      for (const name of changes.features) {
        const entry = entryOf(name);
        if (entry !== undefined) found.add(entry);
      }
      if (changes.url) addAll(byUrl);
      if (changes.stickyBuckets) addAll(byStickyBuckets);
      return found;
    },
  };
}

function insert<Entry extends object>(
  dependents: Dependents<Entry>,
  name: string,
  entry: Entry,
): void {
  const known = dependents.get(name);
  if (known === undefined) dependents.set(name, entry);
  else if (known instanceof Set) known.add(entry);
  else if (known !== entry) dependents.set(name, new Set([known, entry]));
}

function take<Entry extends object>(
  dependents: Dependents<Entry>,
  name: string,
  entry: Entry,
): void {
  const known = dependents.get(name);
  if (known === entry) dependents.delete(name);
  else if (known instanceof Set) {
    known.delete(entry);
    if (known.size === 0) dependents.delete(name);
  }
}

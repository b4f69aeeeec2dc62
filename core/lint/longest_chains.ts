import { findComponents } from "./find_components.ts";
import type { Reference } from "./inspection.ts";

/** What is known of the ways along references. */
export interface Chains {
  /** Whether a reference leads back to where it starts. */
  readonly isCyclic: (reference: Reference) => boolean;
  /** How many levels the longest way from a name adds, references in cycles not counted. */
  readonly length: (name: string) => number;
}

/** Follows references between names to their ends, in time proportional to their number. */
export function longestChains(references: readonly Reference[]): Chains {
  const outgoing = new Map<string, Reference[]>();
  for (const reference of references) {
    if (reference.from === null) continue;
    const known = outgoing.get(reference.from);
    if (known === undefined) outgoing.set(reference.from, [reference]);
    else known.push(reference);
  }
  const components = findComponents(outgoing);
  const lengths = new Map<string, number>();
  const componentOf = new Map<string, number>();
  components.forEach((names, index) => {
    for (const name of names) componentOf.set(name, index);
  });
  const isInside = ({ from, to }: Reference) =>
    from !== null && componentOf.get(from) === componentOf.get(to);
  // A component comes after all that it leads to.
  for (const names of components) {
    let longest = 0;
    for (const name of names) {
      for (const reference of outgoing.get(name)!) {
        if (isInside(reference)) continue;
        const beyond = lengths.get(reference.to) ?? 0;
        longest = Math.max(longest, reference.levels + beyond);
      }
    }
    for (const name of names) lengths.set(name, longest);
  }
  return { isCyclic: isInside, length: (name) => lengths.get(name) ?? 0 };
}

import type { Reference } from "./inspection.ts";

/**
 * Groups names that lead to each other along references. Each group comes after all that it leads
 * to; names that lead nowhere are in none.
 *
 * Source: Robert Tarjan, "Depth-first search and linear graph algorithms" (1972), with a stack of
 * its own in place of recursion.
 */
export function findComponents(
  outgoing: ReadonlyMap<string, readonly Reference[]>,
): readonly (readonly string[])[] {
  const components: string[][] = [];
  const visits = new Map<string, Visit>();
  const pending: Visit[] = [];
  for (const start of outgoing.keys()) {
    if (visits.has(start)) continue;
    const path = [enter(start, visits, pending)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const reference = outgoing.get(visit.name)![visit.next++];
      if (reference === undefined) {
        path.pop();
        const caller = path.at(-1);
        if (caller !== undefined) caller.low = Math.min(caller.low, visit.low);
        if (visit.low === visit.order) components.push(close(visit, pending));
        continue;
      }
      const known = visits.get(reference.to);
      if (known !== undefined) {
        if (!known.isClosed) visit.low = Math.min(visit.low, known.order);
      } else if (outgoing.has(reference.to)) {
        path.push(enter(reference.to, visits, pending));
      }
    }
  }
  return components;
}

/** A name on the way. */
interface Visit {
  readonly name: string;
  /** Its number in the order of visits. */
  readonly order: number;
  /** The smallest number that it leads to. */
  low: number;
  /** The next reference to follow. */
  next: number;
  /** Whether its group is complete. */
  isClosed: boolean;
}

function enter(
  name: string,
  visits: Map<string, Visit>,
  pending: Visit[],
): Visit {
  const order = visits.size;
  const visit = { name, order, low: order, next: 0, isClosed: false };
  visits.set(name, visit);
  pending.push(visit);
  return visit;
}

/** Takes what is pending since a name off the list: they lead to each other. */
function close(root: Visit, pending: Visit[]): string[] {
  const group = pending.splice(pending.lastIndexOf(root));
  for (const visit of group) visit.isClosed = true;
  return group.map(({ name }) => name);
}

import { getOrMake } from "../support/get_or_make.ts";
import {
  charge,
  type Marks,
  type Scan,
  type Search,
  type Step,
} from "./pattern_step.ts";

/**
 * Follows all ways from a position, or from each (`isAnywhere`), in a direction. Gives what the first
 * way that matches has marked; undefined where none matches. Where `hits` is given, notes instead
 * where ways end.
 *
 * Goes through the text once and follows all ways to match at the same time (Thompson, 1968), each
 * step at most once at a position, so that time grows with the text and with the number of steps, and
 * no faster. Throws past its budget of steps.
 *
 * With references a way goes by what its groups hold, so that no two are the same. They are followed
 * in the order of JavaScript's own engine: of what is looked for around a position, the first way
 * that matches counts.
 */
export function scanFrom(
  search: Search,
  start: Step | null,
  isBackward: boolean,
  from: number,
  given: Marks,
  isAnywhere: boolean,
  hits?: Uint8Array,
): Marks | undefined {
  let found: Marks | undefined;
  const scan: Scan = {
    ...search,
    position: from,
    code: NaN,
    waiting: [],
    ways: [start, given],
  };
  try {
    do {
      const { position } = scan;
      scan.code = search.text.charCodeAt(position - Number(isBackward));
      // Turned round, the first way is the last, which is the next to be taken.
      const waiting = scan.waiting = scan.ways.reverse();
      scan.ways = [];
      while (waiting.length > 0) {
        const step = waiting.pop() as Step | null;
        const held = waiting.pop() as Marks;
        if (step === null) {
          if (hits === undefined) {
            if (isAnywhere) return held;
            found = held;
            waiting.length = 0;
          } else hits[position] = 1;
        } else if (held !== null || step.seen !== waiting) {
          charge(search.budget, 1);
          step.seen = waiting;
          step.follow(scan, held);
        }
      }
      if (isAnywhere) scan.ways.push(start, given);
      scan.position += isBackward ? -1 : 1;
    } while (scan.code >= 0 && scan.ways.length > 0);
  } finally {
    // Steps outlive the search, and so would these ways.
    scan.waiting.length = 0;
  }
  return found;
}

/**
 * Tells whether what begins with a step is found from a position of the text on, which is found out
 * for all positions at once, from the other end.
 */
export function isFoundAt(
  search: Search,
  position: number,
  start: Step | null,
  isBackward: boolean,
): boolean {
  const { found, text: { length } } = search;
  const hits = getOrMake(found, start, () => {
    const hits = new Uint8Array(length + 1);
    const from = isBackward ? length : 0;
    scanFrom(search, start, isBackward, from, null, true, hits);
    return hits;
  });
  return hits[position] === 1;
}

/**
 * Estimates how long a text may be for JavaScript's own engine to search it for a pattern in a
 * number of steps, give or take: never too long, often too short. The engine goes back and tries
 * again: for n code units there are about n ways to begin, n for each loop, and those of the choices.
 *
 * `repeatedLength` is the answer for a pattern with a repeated group, for which there may be no such
 * bound.
 */
export function trustedLength(
  source: string,
  steps: number,
  repeatedLength: number,
): number {
  if (/\)[*+{]/.test(source)) return repeatedLength;
  const count = (pattern: RegExp) => source.split(pattern).length - 1;
  const loops = count(/[*+{]/);
  // Each list of alternatives, and what is optional, may branch. However the branches are spread
  // over so many lists, there are no more ways to choose.
  const lists = count(/[(?]/) + 1;
  const choices = (1 + count(/[|?]/) / lists) ** lists;
  return (steps / choices) ** (1 / (loops + 1));
}

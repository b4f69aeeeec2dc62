/** Compiling a longer pattern may keep the engine busy by itself. */
const maxLength = 1_000;

/**
 * Tells below which length of a text JavaScript's own engine searches it for a pattern in a number
 * of steps: never too long, often too short. The engine goes back and tries again: for n code units
 * there are n ways to begin, n for each loop, and those of the choices; each may go through the
 * whole pattern, and compare a text of n for a reference.
 *
 * Zero for a pattern with a repeated group, for which there may be no such bound.
 */
export function trustedLength(source: string, steps: number): number {
  if (source.length > maxLength || /\)[*+{]/.test(source)) return 0;
  const count = (pattern: RegExp) => source.split(pattern).length - 1;
  const loops = count(/[*+{]|\\[1-9k]/);
  // Each list of alternatives, and what is optional, may branch. However the branches are spread
  // over so many lists, there are no more ways to choose.
  const lists = count(/[(?]/) + 1;
  const choices = (1 + count(/[|?]/) / lists) ** lists;
  const starts = /^\^[^|]*$/.test(source) ? 0 : 1;
  return (steps / choices / (source.length + 1)) ** (1 / (loops + starts));
}

/** The state of an FNV-1a hash over nothing. */
export const fnvOffset: number = 0x811c9dc5 | 0;

const fnvPrime = 0x01000193;
const digitZero = 48;

/**
 * Folds the UTF-16 code units of a text into a 32-bit FNV-1a state and returns the new state, as a
 * signed integer. Folding two texts one after the other equals folding them joined, which is what
 * lets a seed be folded once. Source: Fowler, Noll, Vo, "FNV hash", variant 1a, 32 bit.
 */
export function foldText(state: number, text: string): number {
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), fnvPrime);
  }
  return state;
}

/**
 * Folds the decimal digits of a number into an FNV-1a state, as {@linkcode foldText} does with
 * `String(number)`, without making that string. The number is an integer from 0 to 2^32 - 1.
 */
export function foldDecimal(state: number, number: number): number {
  let divisor = 1;
  while (number / divisor >= 10) divisor *= 10;
  for (; divisor >= 1; divisor /= 10) {
    const digit = Math.floor(number / divisor);
    state = Math.imul(state ^ (digitZero + digit), fnvPrime);
    number -= digit * divisor;
  }
  return state;
}

/** The state of an FNV-1a hash over nothing. */
export const fnvOffset: number = 0x811c9dc5 | 0;

/**
 * Folds the UTF-16 code units of a text into a 32-bit FNV-1a state and returns the new state, as a
 * signed integer. Folding two texts one after the other equals folding them joined, which is what
 * lets a seed be folded once. Source: Fowler, Noll, Vo, "FNV hash", variant 1a, 32 bit.
 */
export function foldText(state: number, text: string): number {
  for (let index = 0; index < text.length; index++) {
    state = fold(state, text.charCodeAt(index));
  }
  return state;
}

/** The least number with the usual nine digits, halved. */
const leastUsualHalf = 50_000_000;

/**
 * Folds the decimal digits of a number into an FNV-1a state, as {@linkcode foldText} does with
 * `String(number)`, as a rule without making that string. The number is an integer from 0 to
 * 2^32 - 1, or one with the same 32 bits.
 */
export function foldDecimal(state: number, number: number): number {
  // Half of it is a small integer, which engines divide without leaving integers.
  const half = number >>> 1;
  if (half < leastUsualHalf) return foldText(state, String(number));
  const high = (half / 50_000) | 0;
  const low = (number - Math.imul(high, 100_000)) | 0;
  return foldFiveDigits(foldFiveDigits(state, high, 10_000), low, 0);
}

// Folds the last four digits, and the one before them where the number is not less than `least`. Each
// product and shift is a division by a power of ten, exact for what is divided here.
function foldFiveDigits(state: number, number: number, least: number): number {
  const tenThousands = Math.imul(number >>> 4, 6711) >>> 22;
  if (number >= least) state = fold(state, 48 + tenThousands);
  const four = number - tenThousands * 10_000;
  const hundreds = Math.imul(four, 5243) >>> 19;
  return foldTwoDigits(foldTwoDigits(state, hundreds), four - hundreds * 100);
}

function foldTwoDigits(state: number, number: number): number {
  const tens = Math.imul(number, 103) >>> 10;
  return fold(fold(state, 48 + tens), 48 + number - tens * 10);
}

function fold(state: number, unit: number): number {
  return Math.imul(state ^ unit, 0x01000193);
}

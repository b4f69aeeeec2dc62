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
  const high = (number / 100_000) | 0;
  const low = (number - high * 100_000) | 0;
  return high === 0
    ? foldUpToFiveDigits(state, low)
    : foldFiveDigits(foldUpToFiveDigits(state, high), low);
}

// Small integers divide by a constant without a division, and so digit by digit is fastest.
function foldFiveDigits(state: number, number: number): number {
  const tenThousands = (number / 10_000) | 0;
  return foldFourDigits(
    foldDigit(state, tenThousands),
    number - tenThousands * 10_000,
  );
}

function foldFourDigits(state: number, number: number): number {
  const hundreds = (number / 100) | 0;
  return foldTwoDigits(foldTwoDigits(state, hundreds), number - hundreds * 100);
}

function foldTwoDigits(state: number, number: number): number {
  const tens = (number / 10) | 0;
  return foldDigit(foldDigit(state, tens), number - tens * 10);
}

function foldUpToFiveDigits(state: number, number: number): number {
  if (number >= 10_000) return foldFiveDigits(state, number);
  if (number >= 1_000) return foldFourDigits(state, number);
  if (number >= 100) {
    const hundreds = (number / 100) | 0;
    return foldTwoDigits(foldDigit(state, hundreds), number - hundreds * 100);
  }
  return number >= 10 ? foldTwoDigits(state, number) : foldDigit(state, number);
}

function foldDigit(state: number, digit: number): number {
  return Math.imul(state ^ (digitZero + digit), fnvPrime);
}

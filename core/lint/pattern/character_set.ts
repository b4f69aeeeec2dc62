/**
 * A set of characters, a bit for each: 128 for ASCII, and 64 that the rest of Unicode shares, so
 * that two sets beyond ASCII may seem to overlap although they don't.
 */
export type CharacterSet = bigint;

const asciiCount = 128;
const sharedCount = 64;

/** Every character. */
export const anyCharacter: CharacterSet = /* @__PURE__ */
  (() => (1n << BigInt(asciiCount + sharedCount)) - 1n)();

/** Every character beyond ASCII. */
export const beyondAscii: CharacterSet = /* @__PURE__ */
  (() => anyCharacter ^ ((1n << BigInt(asciiCount)) - 1n))();

/** The set of one code unit. */
export function characterOf(unit: number): CharacterSet {
  const bit = unit < asciiCount ? unit : asciiCount + unit % sharedCount;
  return 1n << BigInt(bit);
}

/** The set of code units from one to another, both included. */
export function characterRange(first: number, last: number): CharacterSet {
  if (last - first >= asciiCount && last >= asciiCount) {
    const start = Math.min(first, asciiCount);
    return beyondAscii | rangeOfBits(start, asciiCount - 1);
  }
  let set = 0n;
  for (let unit = first; unit <= last; unit++) set |= characterOf(unit);
  return set;
}

/** Every character but those of a set. What shares a bit with one of them stays. */
export function complement(set: CharacterSet): CharacterSet {
  return (anyCharacter ^ (set & anyCharacter)) | beyondAscii;
}

/** Adds the other case of each ASCII letter. */
export function foldCharacters(set: CharacterSet): CharacterSet {
  return set | (set & upperCase) << 32n | (set & lowerCase) >> 32n;
}

function rangeOfBits(first: number, last: number): CharacterSet {
  return first > last ? 0n : (1n << BigInt(last + 1)) - (1n << BigInt(first));
}

const upperCase = /* @__PURE__ */ rangeOfBits(65, 90);
const lowerCase = /* @__PURE__ */ rangeOfBits(97, 122);

/** `\d`. */
export const digits: CharacterSet = /* @__PURE__ */ rangeOfBits(48, 57);

/** `\w`. */
export const wordCharacters: CharacterSet = /* @__PURE__ */
  (() => digits | upperCase | lowerCase | characterOf(95))();

/** `\s`, as far as it is ASCII. */
export const spaces: CharacterSet = /* @__PURE__ */
  (() => rangeOfBits(9, 13) | characterOf(32))();

/** What a dot stands for. */
export const notLineEnd: CharacterSet = /* @__PURE__ */
  (() => complement(characterOf(10) | characterOf(13)))();

const offset = 0x811c9dc5n;
const prime = 0x01000193n;
const modulus = 1n << 32n;

/**
 * FNV-1a as its authors describe it, over UTF-16 code units and in exact arithmetic: slow, and
 * too simple to be wrong.
 */
function fnv1a(text: string): bigint {
  let state = offset;
  for (let index = 0; index < text.length; index++) {
    state = ((state ^ BigInt(text.charCodeAt(index))) * prime) % modulus;
  }
  return state;
}

/** What `hash` must give for version 1 or 2. */
export function referenceHash(
  seed: string,
  value: string,
  version: 1 | 2,
): number {
  return version === 1
    ? Number(fnv1a(value + seed) % 1000n) / 1000
    : Number(fnv1a(String(fnv1a(seed + value))) % 10000n) / 10000;
}

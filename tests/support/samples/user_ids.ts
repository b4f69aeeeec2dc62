/**
 * Gives the ids of a number of users, which look as random as UUIDs do and are the same each time
 * for a salt, an integer.
 */
export function userIds(count: number, salt: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const high = mix(salt ^ Math.imul(index, 0x9e3779b1));
    return `${hex(high)}-${hex(mix(high + index))}`;
  });
}

// The finalizer of MurmurHash3 (Austin Appleby, public domain), which is a bijection.
function mix(number: number): number {
  let state = number;
  state = Math.imul(state ^ state >>> 16, 0x85ebca6b);
  state = Math.imul(state ^ state >>> 13, 0xc2b2ae35);
  return state ^ state >>> 16;
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, "0");
}

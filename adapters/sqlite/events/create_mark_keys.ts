import type { ExposureKey } from "../../log/port/exposure_key.ts";
import { builtIn } from "../../support/built_in.ts";

/** Makes the 16 bytes by which a mark is stored: 8 for the user, 8 for what the user was shown. */
export interface MarkKeys {
  /** Gives the bytes of a key. */
  readonly of: (key: ExposureKey) => Uint8Array;
  /** Gives the smallest and the largest bytes that the marks of a user can have. */
  readonly range: (user: string) => readonly [Uint8Array, Uint8Array];
}

const half = 8;

/** How many texts of what users are shown are remembered with their hashes. */
const capacity = 1000;

/**
 * Creates what makes the keys of marks: halves of SHA-256 (FIPS 180-4), so that nobody can choose an id
 * that hides the exposure of another user.
 */
export function createMarkKeys(): MarkKeys {
  // Users come in a row, and what they are shown is one of few.
  let last: readonly [user: string, hash: Uint8Array] | null = null;
  const shownHashes = new Map<string, Uint8Array>();

  function userHash(user: string): Uint8Array {
    if (last?.[0] !== user) last = [user, hash(user)];
    return last[1];
  }

  function shownHash(shown: string): Uint8Array {
    let known = shownHashes.get(shown);
    if (known === undefined) {
      if (shownHashes.size >= capacity) shownHashes.clear();
      shownHashes.set(shown, known = hash(shown));
    }
    return known;
  }

  return {
    of: ({ user, shown }) => join(userHash(user), shownHash(shown)),
    range: (user) => [
      join(hash(user), new Uint8Array(half)),
      join(hash(user), new Uint8Array(half).fill(255)),
    ],
  };
}

function hash(text: string): Uint8Array {
  const { createHash } = builtIn("node:crypto");
  return createHash("sha256").update(text).digest().subarray(0, half);
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(2 * half);
  bytes.set(first);
  bytes.set(second, half);
  return bytes;
}

import type { ExposureKey } from "../../log/port/exposure_key.ts";
import { builtIn } from "../../support/built_in.ts";

/** Makes the keys of marks. */
export interface MarkKeys {
  /** Gives the key of an exposure: 16 bytes, of which the first 9 stand for the user. */
  readonly of: (key: ExposureKey) => string;
  /** Gives the 9 bytes that stand for a user. */
  readonly ofUser: (user: string) => string;
}

/** How many texts of what users are shown are remembered with their hashes. */
const capacity = 1_000;

/**
 * Creates what makes the keys of marks: 112 bits of SHA-256 (FIPS 180-4), so that no attacker can easily
 * choose an id that hides the exposures of another user. Seven bits to a byte, since not every client
 * sends bytes that are no text.
 */
export function createMarkKeys(): MarkKeys {
  // The exposures of a user come in a row, and what users are shown is one of few.
  let last: readonly [user: string, hash: string] | null = null;
  const shownHashes = new Map<string, string>();

  function shownHash(shown: string): string {
    let known = shownHashes.get(shown);
    if (known === undefined) {
      if (shownHashes.size >= capacity) shownHashes.clear();
      shownHashes.set(shown, known = hash(shown, 7));
    }
    return known;
  }
  const ofUser = (user: string) => {
    if (last?.[0] !== user) last = [user, hash(user, 9)];
    return last[1];
  };
  return { of: ({ user, shown }) => ofUser(user) + shownHash(shown), ofUser };
}

function hash(text: string, length: number): string {
  const digest = builtIn("node:crypto").createHash("sha256").update(text)
    .digest();
  let key = "";
  for (let index = 0; index < length; index++) {
    key += String.fromCharCode(digest[index]! & 0x7f);
  }
  return key;
}

import type { ExposureKey } from "../../log/port/exposure_key.ts";
import { builtIn } from "../../support/built_in.ts";

/** A mark's key as it is stored: two whole numbers of 52 bits, which SQLite keeps in 16 bytes. */
export interface MarkKey {
  /** Stands for the user. */
  readonly user: number;
  /** Stands for what the user was shown. */
  readonly shown: number;
}

/** Makes the keys of marks. */
export interface MarkKeys {
  /** Gives the key of an exposure. */
  readonly of: (key: ExposureKey) => MarkKey;
  /** Gives what stands for a user. */
  readonly ofUser: (user: string) => number;
}

/** How many texts of what users are shown are remembered with their hashes. */
const capacity = 1000;

/**
 * Creates what makes the keys of marks: the beginnings of SHA-256 (FIPS 180-4), so that no attacker can
 * easily choose an id that hides the exposures of another user.
 */
export function createMarkKeys(): MarkKeys {
  // The exposures of a user come in a row, and what users are shown is one of few.
  let last: readonly [user: string, hash: number] | null = null;
  const shownHashes = new Map<string, number>();

  function shownHash(shown: string): number {
    let known = shownHashes.get(shown);
    if (known === undefined) {
      if (shownHashes.size >= capacity) shownHashes.clear();
      shownHashes.set(shown, known = hash(shown));
    }
    return known;
  }

  return {
    of: ({ user, shown }) => {
      if (last?.[0] !== user) last = [user, hash(user)];
      return { user: last[1], shown: shownHash(shown) };
    },
    ofUser: hash,
  };
}

function hash(text: string): number {
  const crypto = builtIn("node:crypto");
  // Node has it since 20.12, and it takes a quarter of the time there.
  const digits = "hash" in crypto
    ? crypto.hash("sha256", text, "hex")
    : createHash(text);
  return parseInt(digits.slice(0, 13), 16);
}

function createHash(text: string): string {
  return builtIn("node:crypto").createHash("sha256").update(text).digest("hex");
}

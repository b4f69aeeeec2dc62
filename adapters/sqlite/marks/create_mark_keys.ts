import { exposureKey, userKey } from "../../log/port/exposure_key.ts";
import type { NewEvent } from "../../../core/events/types/recorded_event.ts";
import type { ExposureForm } from "../blocks/exposure_forms.ts";
import { builtIn } from "../../support/built_in.ts";

/** A mark's key as it is stored: two whole numbers of 52 bits. */
export interface MarkKey {
  /** Stands for the user. */
  readonly user: number;
  /** Stands for what the user was shown. */
  readonly shown: number;
}

/** Makes the keys of marks. */
export interface MarkKeys {
  /** Gives the key of an exposure; null for an event that has none. */
  readonly of: (event: NewEvent, form: ExposureForm | null) => MarkKey | null;
  /** Gives what stands for a user. */
  readonly ofUser: (attribute: string, value: unknown) => number;
}

/** How many texts of what users are shown are remembered with their hashes. */
const capacity = 1000;

/**
 * Creates what makes the keys of marks: the beginnings of SHA-256 (FIPS 180-4), so that no attacker can
 * easily choose an id that hides the exposures of another user.
 */
export function createMarkKeys(): MarkKeys {
  // The exposures of a user come in a row, and what users are shown is one of few.
  let last = { attribute: "", value: undefined as unknown, user: 0 };
  const shownHashes = new Map<string, number>();

  function shownHash(shown: string): number {
    let known = shownHashes.get(shown);
    if (known === undefined) {
      if (shownHashes.size >= capacity) shownHashes.clear();
      shownHashes.set(shown, known = hash(shown));
    }
    return known;
  }

  function ofUser(attribute: string, value: unknown): number {
    return hash(userKey(attribute, value));
  }

  return {
    ofUser,
    of: (event, form) => {
      if (form === null) {
        const key = exposureKey(event);
        return key && { user: hash(key.user), shown: shownHash(key.shown) };
      }
      const { hashAttribute, hashValue } = event.data;
      const attribute = hashAttribute as string;
      if (last.value !== hashValue || last.attribute !== attribute) {
        const user = ofUser(attribute, hashValue);
        last = { attribute, value: hashValue, user };
      }
      return { user: last.user, shown: shownHash(form.shown) };
    },
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

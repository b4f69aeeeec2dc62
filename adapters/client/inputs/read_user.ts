import { isObject } from "../../../core/support/read_own.ts";
import type { ForcedVariations } from "../state/client_input.ts";
import type { User } from "../reads/user.ts";
import { type Reader, readFields } from "./read_fields.ts";
import {
  describeKind,
  type PlainRecord,
  readRecord,
  type TellMisuse,
} from "./read_record.ts";

/** How each property of a user is read; undefined is as good as absent. */
const readers: { readonly [Name in keyof Required<User>]: Reader } = {
  attributes: readRecord,
  attributeOverrides: readRecord,
  url: readUrl,
  forcedVariations: readVariations,
  forcedFeatureValues: readRecord,
  stickyBucketAssignmentDocs: readRecord,
  tracking: readTracking,
};

/**
 * Reads the user of a view with suspicion: what cannot be used is left out, and reported to `tell`.
 * Gives a user without attributes for a value that is no user. Never throws.
 */
export function readUser(source: unknown, tell: TellMisuse): User {
  if (source !== undefined && source !== null && !isObject(source)) {
    tell(
      "Cannot use the user: { attributes: { … } } is needed, and the current value is " +
        describeKind(source),
    );
  }
  const user = readFields(source, readers, describeUnknown, tell);
  return { attributes: {}, ...user };
}

function describeUnknown(name: string): string {
  return `Cannot use the user's "${name}": there is no such option; an attribute belongs in { attributes: { ${name}: … } }`;
}

// Only a clear yes is a yes: consent is never guessed.
function readTracking(
  source: unknown,
  what: string,
  tell: TellMisuse,
): boolean {
  if (typeof source === "boolean") return source;
  tell(
    `Cannot use ${what}: true or false is needed, and the current value is ${
      describeKind(source)
    }`,
  );
  return false;
}

/** Reads the forced variations of an application: numbers by experiment key. */
export function readVariations(
  source: unknown,
  what: string,
  tell: TellMisuse,
): ForcedVariations | null {
  const record: PlainRecord | null = readRecord(source, what, tell);
  if (record === null) return null;
  const entries = Object.entries(record).filter(([key, value]) => {
    if (Number.isInteger(value)) return true;
    tell(
      `Cannot use ${what}.${key}: the index of a variation is needed, and the current value is ${
        typeof value === "number" ? value : describeKind(value)
      }`,
    );
    return false;
  });
  return Object.fromEntries(entries) as ForcedVariations;
}

/** Reads a URL; null where it is no text. */
export function readUrl(
  source: unknown,
  what: string,
  tell: TellMisuse,
): string | null {
  if (typeof source === "string") return source;
  tell(
    `Cannot use ${what}: a text is needed, such as location.href, and the current value is ${
      describeKind(source)
    }`,
  );
  return null;
}

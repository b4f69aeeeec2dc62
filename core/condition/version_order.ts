import { paddedVersionString } from "./padded_version_string.ts";

/** A version to compare others with. */
export interface KnownVersion {
  /** The version, padded. */
  readonly padded: string;
  /** The same as one number, where it is a plain one; -1 otherwise. */
  readonly plain: number;
}

/** Reads a version once; see `paddedVersionString` for what a version may be. */
export function readVersion(version: unknown): KnownVersion {
  return {
    padded: paddedVersionString(version),
    plain: readPlainVersion(version),
  };
}

/** Tells whether a version is lower than a known one (-1), the same (0) or higher (1). */
export function compareVersions(
  version: unknown,
  { padded, plain }: KnownVersion,
): -1 | 0 | 1 {
  const number = plain < 0 ? -1 : readPlainVersion(version);
  return number < 0
    ? compare(paddedVersionString(version), padded)
    : compare(number, plain);
}

function compare<Value extends string | number>(
  one: Value,
  other: Value,
): -1 | 0 | 1 {
  return one < other ? -1 : one > other ? 1 : 0;
}

const dot = -2;

/**
 * Reads a version of three numbers, none of more than five digits or with a zero in front, as one
 * number that compares as the version does; -1 for any other.
 */
function readPlainVersion(version: unknown): number {
  if (typeof version !== "string") return -1;
  let total = 0;
  let part = -1;
  let dots = 0;
  for (let index = 0; index < version.length; index++) {
    const digit = version.charCodeAt(index) - 48;
    if (digit === dot && part >= 0) {
      total = (total + part) * 100_000;
      part = -1;
      dots++;
    } else if (digit < 0 || digit > 9 || part === 0 || part > 9_999) {
      return -1;
    } else part = part < 0 ? digit : part * 10 + digit;
  }
  return dots === 2 && part >= 0 ? total + part : -1;
}

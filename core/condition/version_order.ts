import { paddedVersionString } from "./padded_version_string.ts";

/** What is expected of a version. */
export interface VersionOrder {
  /** The version to compare with, padded. */
  readonly padded: string;
  /** The same as one number, where it is a plain one; -1 otherwise. */
  readonly plain: number;
  /** Whether a lower version passes. */
  readonly lower: boolean;
  /** Whether an equal version passes. */
  readonly equal: boolean;
  /** Whether a higher version passes. */
  readonly higher: boolean;
}

/** Prepares a comparison with a version; see `paddedVersionString` for what a version may be. */
export function compileVersionOrder(
  version: unknown,
  [lower, equal, higher]: readonly [boolean, boolean, boolean],
): VersionOrder {
  const padded = paddedVersionString(version);
  return { padded, plain: readPlainVersion(version), lower, equal, higher };
}

/** Tells whether a version is in the order expected. */
export function isInVersionOrder(
  version: unknown,
  { padded, plain, lower, equal, higher }: VersionOrder,
): boolean {
  const number = plain < 0 ? -1 : readPlainVersion(version);
  if (number >= 0) {
    return number < plain ? lower : number > plain ? higher : equal;
  }
  const own = paddedVersionString(version);
  return own < padded ? lower : own > padded ? higher : equal;
}

const dot = -2;

/** How many code units a version may have that is read as a number. */
const longest = 17;

/**
 * Reads a version of three numbers, none of more than five digits or with a zero in front, as one
 * number that compares as the version does; -1 for any other.
 */
function readPlainVersion(version: unknown): number {
  if (typeof version !== "string" || version.length > longest) return -1;
  let total = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let index = 0; index < version.length; index++) {
    const digit = version.charCodeAt(index) - 48;
    if (digit === dot && digits > 0) {
      total = (total + part) * 100_000;
      part = digits = 0;
      dots++;
    } else {
      const isLeading = digits > 0 && part === 0;
      if (digit < 0 || digit > 9 || digits === 5 || isLeading) return -1;
      part = part * 10 + digit;
      digits++;
    }
  }
  return dots === 2 && digits > 0 ? total + part : -1;
}

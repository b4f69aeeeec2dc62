import { nextPartEnd, padPart, readVersion } from "./version_parts.ts";

/**
 * Compares a version with a padded one, as `paddedVersionString(input)` would compare, without
 * making all of that string: negative, 0 or positive. Most comparisons end at the first part.
 */
export function compareVersion(input: unknown, padded: string): number {
  const version = readVersion(input);
  let position = 0;
  let parts = 0;
  for (let start = 0; start <= version.length; parts++) {
    const end = nextPartEnd(version, start);
    const part = padPart(version.slice(start, end));
    const piece = parts === 0 ? part : `-${part}`;
    if (!padded.startsWith(piece, position)) {
      return piece < padded.slice(position) ? -1 : 1;
    }
    position += piece.length;
    start = end + 1;
  }
  const ending = parts === 3 ? "-~" : "";
  const rest = padded.slice(position);
  return ending === rest ? 0 : ending < rest ? -1 : 1;
}

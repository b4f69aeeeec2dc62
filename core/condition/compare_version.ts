import {
  isNumericPart,
  nextPartEnd,
  partWidth,
  readVersion,
} from "./version_parts.ts";

const space = 32;
const dash = 45;
const tilde = 126;

/**
 * Compares a version with a padded one, as `paddedVersionString(input)` would compare, without
 * making that string: negative, 0 or positive. Most comparisons end at the first part.
 */
export function compareVersion(input: unknown, padded: string): number {
  const version = readVersion(input);
  let position = 0;
  let parts = 0;
  for (let start = 0; start <= version.length; parts++) {
    const end = nextPartEnd(version, start);
    if (parts > 0) {
      const order = dash - unitAt(padded, position++);
      if (order !== 0) return order;
    }
    const blanks = isNumericPart(version, start, end)
      ? partWidth - (end - start)
      : 0;
    for (let blank = 0; blank < blanks; blank++) {
      const order = space - unitAt(padded, position++);
      if (order !== 0) return order;
    }
    for (let index = start; index < end; index++) {
      const order = version.charCodeAt(index) - unitAt(padded, position++);
      if (order !== 0) return order;
    }
    start = end + 1;
  }
  if (parts === 3) {
    const order = dash - unitAt(padded, position++) ||
      tilde - unitAt(padded, position++);
    if (order !== 0) return order;
  }
  return position - padded.length;
}

// Past the end of a text there is less than any code unit.
function unitAt(text: string, position: number): number {
  return position < text.length ? text.charCodeAt(position) : -1;
}

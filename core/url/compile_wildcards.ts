/** What a wildcard looks like: unlike `*`, it survives the URL parser anywhere in a URL. */
export const WILDCARD = "_____";

/**
 * Turns a text with wildcards into a test for whole texts, regardless of case.
 *
 * A wildcard stands for any text within one line. Each piece between wildcards is searched for
 * once, where a regular expression could take forever on a URL made for the purpose.
 */
export function compileWildcards(pattern: string): (text: string) => boolean {
  const [first = "", ...pieces] = foldCase(pattern).split(WILDCARD);
  const last = pieces.pop();
  if (last === undefined) return (text) => foldCase(text) === first;
  return (text) => matches(foldCase(text), first, pieces, last);
}

/*
 * Taking each piece at its first place is enough. A later place only lengthens the gap before it,
 * and a piece with a line end in it has no second place that a gap without one could reach.
 */
function matches(
  text: string,
  first: string,
  pieces: readonly string[],
  last: string,
): boolean {
  const end = text.length - last.length;
  let position = first.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found < 0 || !isOneLine(text.slice(position, found))) return false;
    position = found + piece.length;
  }
  return position <= end && isOneLine(text.slice(position, end));
}

/* What `.` stops at in a regular expression, a wildcard stops at too. */
function isOneLine(text: string): boolean {
  return !/[\n\r\u2028\u2029]/.test(text);
}

/* As regular expressions without the `u` flag do: by code unit, and never from beyond ASCII into it. */
function foldCase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toUpperCase();
  let folded = "";
  for (let index = 0; index < text.length; index++) {
    folded += foldUnit(text.charAt(index));
  }
  return folded;
}

function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  if (upper.length !== 1) return unit;
  return unit >= "\x80" && upper < "\x80" ? unit : upper;
}

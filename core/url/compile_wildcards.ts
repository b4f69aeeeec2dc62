/** What a wildcard looks like: unlike `*`, it survives the URL parser anywhere in a URL. */
export const WILDCARD = "_____";

/**
 * Turns a text with wildcards into a test for whole texts, regardless of case.
 *
 * A wildcard stands for any text within one line. Each piece between wildcards is searched for
 * once, where a single regular expression could take forever on a URL made for the purpose.
 *
 * Taking each piece at its first place is enough. A later place only lengthens the gap before it,
 * and a piece with a line end in it has no second place that a gap without one could reach.
 */
export function compileWildcards(pattern: string): (text: string) => boolean {
  const pieces = pattern.replace(/[^\w\s]/g, escapeUnit).split(WILDCARD);
  const last = pieces.length - 1;
  const tests = pieces.map((piece, index) => {
    const end = index === last ? "$" : "";
    const gap = index === 0 ? "" : end === "" ? ".*?" : ".*";
    return new RegExp(gap + piece + end, "iy");
  });
  return (text) => {
    let position = 0;
    return tests.every((test) => {
      test.lastIndex = position;
      const found = test.test(text);
      position = test.lastIndex;
      return found;
    });
  };
}

function escapeUnit(unit: string): string {
  return unit < "\x80" ? `\\${unit}` : unit;
}

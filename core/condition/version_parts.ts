const dot = 46;
const dash = 45;
const zero = 48;
const nine = 57;

/** The width that numeric parts of a version are padded to. */
export const partWidth = 5;

/**
 * Reads a version: a number as its string, anything else that is not a non-empty string as `"0"`;
 * without a leading `v` and without the build.
 */
export function readVersion(input: unknown): string {
  const text = typeof input === "number" ? String(input) : input;
  if (typeof text !== "string" || text === "") return "0";
  const start = text.startsWith("v") ? 1 : 0;
  return text.slice(start, text.includes("+") ? buildStart(text) : undefined);
}

/** Finds where the part of a version that begins at `start` ends. */
export function nextPartEnd(version: string, start: number): number {
  for (let index = start; index < version.length; index++) {
    const unit = version.charCodeAt(index);
    if (unit === dot || unit === dash) return index;
  }
  return version.length;
}

/** Tells whether a part of a version is a number: not empty, and all digits. */
export function isNumericPart(
  version: string,
  start: number,
  end: number,
): boolean {
  for (let index = start; index < end; index++) {
    const unit = version.charCodeAt(index);
    if (unit < zero || unit > nine) return false;
  }
  return end > start;
}

// A build number reaches to the end of the text but never over a line break: parity.
function buildStart(version: string): number {
  const [lastLine = ""] = version.split(/[\n\r\u2028\u2029]/).slice(-1);
  const plus = lastLine.indexOf("+");
  return version.length - (plus < 0 ? 0 : lastLine.length - plus);
}

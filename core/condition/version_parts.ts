const dot = 46;
const dash = 45;

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

/** Pads a part that is a number: not empty, and all digits. */
export function padPart(part: string): string {
  return /^\d+$/.test(part) ? part.padStart(5) : part;
}

// A build number reaches to the end of the text but never over a line break: parity.
function buildStart(version: string): number {
  const [lastLine = ""] = version.split(/[\n\r\u2028\u2029]/).slice(-1);
  const plus = lastLine.indexOf("+");
  return version.length - (plus < 0 ? 0 : lastLine.length - plus);
}

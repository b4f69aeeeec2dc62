/** As much of a text as is shown. */
const longest = 60;

/**
 * Describes a value in a few words, for a message: primitives as they are, long texts cut, and of
 * anything else its kind. Asks nothing of an object, so whatever is given does no harm.
 */
export function showValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return showText(value);
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : showContainer(value);
    default:
      return `a ${typeof value}`;
  }
}

function showText(text: string): string {
  return text.length <= longest
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, longest))}...`;
}

function showContainer(container: object): string {
  try {
    return Array.isArray(container)
      ? `an array of ${Number(container.length)}`
      : "an object";
  } catch {
    return "an object";
  }
}

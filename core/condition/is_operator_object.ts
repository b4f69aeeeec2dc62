/** Tells whether a value is an object of operators: not empty, and each of its keys begins with `$`. */
export function isOperatorObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}

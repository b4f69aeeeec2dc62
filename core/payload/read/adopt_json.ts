/** What nests deeper is copied, without recursion. */
const deepest = 200;

/**
 * Freezes a value that came from `JSON.parse`, and that no other code holds, all the way down. False where
 * that is not all JSON, because a number is infinite, or where it nests too deeply: then it has to be
 * copied, and may be frozen in part.
 */
export function adoptJson(value: unknown, depth: number = 0): boolean {
  if (typeof value !== "object" || value === null) {
    return typeof value !== "number" || Number.isFinite(value);
  }
  if (depth > deepest) return false;
  const parts: readonly unknown[] = Array.isArray(value)
    ? value
    : Object.values(value);
  for (const part of parts) if (!adoptJson(part, depth + 1)) return false;
  Object.freeze(value);
  return true;
}

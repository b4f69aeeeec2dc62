/**
 * Gives what some work reads; `otherwise` where what it reads is damaged, so that nothing can be made of
 * it. What SQLite throws is thrown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ifIntact(() => JSON.parse("[1]"), []), [1]);
 * assertEquals(ifIntact(() => JSON.parse("[1"), []), []);
 * ```
 */
export function ifIntact<Result>(
  work: () => Result,
  otherwise: Result,
): Result {
  try {
    return work();
  } catch (error) {
    const isDamaged = error instanceof SyntaxError ||
      error instanceof TypeError;
    if (!isDamaged) throw error;
    return otherwise;
  }
}

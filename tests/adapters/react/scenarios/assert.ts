// What scenarios assert with: they also run where there is neither Deno nor Node.
import { isEqual } from "../../../../adapters/support/is_equal.ts";

/** Fails where two values are not deeply equal. */
export function assertEquals(actual: unknown, expected: unknown): void {
  if (isEqual(actual, expected)) return;
  throw new Error(
    `Expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
  );
}

/** Fails unless an action throws an error whose message includes a text. */
export function assertThrows(action: () => unknown, message: string): void {
  try {
    action();
  } catch (error) {
    assertEquals([String(error), String(error).includes(message)], [
      String(error),
      true,
    ]);
    return;
  }
  throw new Error(`Expected an error about: ${message}`);
}

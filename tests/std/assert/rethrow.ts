import { AssertionError } from "./assertion_error.ts";

/**
 * Runs an assertion of `node:assert` and turns its failure into the
 * `AssertionError` of this package, with `msg` put behind the explanation.
 */
export function rethrow(assertion: () => void, msg?: string): void {
  try {
    assertion();
  } catch (error) {
    const explanation = error instanceof Error ? error.message : String(error);
    throw new AssertionError(
      msg === undefined ? explanation : `${explanation}: ${msg}`,
    );
  }
}

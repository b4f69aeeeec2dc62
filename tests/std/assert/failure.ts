import { AssertionError } from "./assertion_error.ts";

/** The failure of an assertion: what was found, and what the test says of it. */
export function failure(explanation: string, msg?: string): AssertionError {
  return new AssertionError(
    msg === undefined ? explanation : `${explanation}: ${msg}`,
  );
}

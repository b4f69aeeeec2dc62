import { AssertionError } from "./assertion_error.ts";
import { assertExpected, type ErrorClass, missing } from "./expectation.ts";

/** Asserts that the promise of `fn` rejects, and resolves to the reason. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
/** Asserts that it rejects with an error of a class, whose message has a text in it. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorClass<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    throw new AssertionError("Function throws when expected to reject", {
      cause: error,
    });
  }
  try {
    await promise;
  } catch (error) {
    assertExpected(error, errorClassOrMsg, msgIncludes, msg);
    return error;
  }
  throw missing("reject", errorClassOrMsg, msg);
}

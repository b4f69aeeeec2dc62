import {
  assertExpected,
  type ErrorClass,
  type ExpectedError,
  readExpected,
} from "./expected_error.ts";
import { failure } from "./failure.ts";

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
  const expected = readExpected(errorClassOrMsg, msgIncludes, msg);
  const promise = promiseOf(fn, expected);
  try {
    await promise;
  } catch (error) {
    assertExpected(error, expected);
    return error;
  }
  throw failure("Expected function to reject", expected.msg);
}

/** What `fn` returns; a throw, or a value that is no promise, fails the assertion. */
function promiseOf(
  fn: () => PromiseLike<unknown>,
  { msg }: ExpectedError,
): PromiseLike<unknown> {
  let promise: Partial<PromiseLike<unknown>> | undefined;
  try {
    promise = fn();
  } catch {
    // Told below.
  }
  if (typeof promise?.then === "function") {
    return promise as PromiseLike<unknown>;
  }
  throw failure("Function throws when expected to reject", msg);
}

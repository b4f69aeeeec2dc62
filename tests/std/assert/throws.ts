import {
  assertExpected,
  type ErrorClass,
  readExpected,
} from "./expected_error.ts";
import { failure } from "./failure.ts";

/** Asserts that `fn` throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an error of a class, whose message has a text in it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  errorClassOrMsg?: ErrorClass<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const expected = readExpected(errorClassOrMsg, msgIncludes, msg);
  try {
    fn();
  } catch (error) {
    assertExpected(error, expected);
    return error;
  }
  throw failure("Expected function to throw", expected.msg);
}

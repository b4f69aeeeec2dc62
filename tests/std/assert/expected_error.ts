import { failure } from "./failure.ts";

/** A class of errors of which one can be made, whatever its constructor takes. */
export type ErrorClass<E extends Error> = new (...args: never[]) => E;

/** What a test expects of a function that fails. */
export interface ExpectedError {
  /** The class of the error; where it is missing, anything may be thrown. */
  readonly errorClass: ErrorClass<Error> | undefined;
  /** A part of its message. */
  readonly part: string | undefined;
  /** What the test says of a failure. */
  readonly msg: string | undefined;
}

/** Reads the parameters of `assertThrows` and `assertRejects`, which have two forms. */
export function readExpected(
  classOrMsg?: ErrorClass<Error> | string,
  part?: string,
  msg?: string,
): ExpectedError {
  return typeof classOrMsg === "string"
    ? { errorClass: undefined, part: undefined, msg: classOrMsg }
    : { errorClass: classOrMsg, part, msg };
}

/** Asserts that what was thrown or the reason of a rejection is what the test expects. */
export function assertExpected(thrown: unknown, expected: ExpectedError): void {
  const { errorClass, part, msg } = expected;
  if (errorClass === undefined) return;
  if (!(thrown instanceof Error)) {
    throw failure("A value was thrown that is no Error", msg);
  }
  const { name } = thrown.constructor;
  if (!(thrown instanceof errorClass)) {
    throw failure(
      `Expected error to be instance of "${errorClass.name}", but was "${name}"`,
      msg,
    );
  }
  if (part !== undefined && !thrown.message.includes(part)) {
    throw failure(
      `Expected error message to include ${JSON.stringify(part)}, but got ${
        JSON.stringify(thrown.message)
      }`,
      msg,
    );
  }
}

import { AssertionError } from "./assertion_error.ts";

/** A class of errors, whatever its constructor takes. */
export type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/** Asserts that a thrown value is of a class, and that its message has a text in it. */
export function assertExpected(
  thrown: unknown,
  expected: ErrorClass<Error> | string | undefined,
  msgIncludes?: string,
  msg?: string,
): void {
  if (typeof expected !== "function") return;
  if (!(thrown instanceof expected)) {
    const received = thrown instanceof Error ? thrown.name : typeof thrown;
    throw new AssertionError(
      withMessage(
        `Expected error to be instance of "${expected.name}", but was "${received}"`,
        msg,
      ),
      { cause: thrown },
    );
  }
  if (msgIncludes !== undefined && !thrown.message.includes(msgIncludes)) {
    throw new AssertionError(
      withMessage(
        `Expected error message to include "${msgIncludes}", but got "${thrown.message}"`,
        msg,
      ),
      { cause: thrown },
    );
  }
}

/** The failure of a function that did not do what it should. */
export function missing(
  event: "throw" | "reject",
  expected: ErrorClass<Error> | string | undefined,
  msg?: string,
): AssertionError {
  return new AssertionError(
    withMessage(
      `Expected function to ${event}`,
      typeof expected === "string" ? expected : msg,
    ),
  );
}

function withMessage(explanation: string, msg: string | undefined): string {
  return msg === undefined ? explanation : `${explanation}: ${msg}`;
}

import { equal } from "./equal.ts";
import { failure } from "./failure.ts";

/** Asserts that `actual` and `expected` are not equal by `assertEquals`. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw failure(
    `Expected actual: ${Deno.inspect(actual)} not to be: ${
      Deno.inspect(expected)
    }`,
    msg,
  );
}

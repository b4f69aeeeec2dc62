import { failure } from "./failure.ts";

/** Asserts that `Object.is(actual, expected)`, and narrows the type. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  throw failure(
    `Values are not strictly equal\nactual: ${
      Deno.inspect(actual)
    }\nexpected: ${Deno.inspect(expected)}`,
    msg,
  );
}

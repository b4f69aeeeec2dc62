import { notDeepStrictEqual } from "node:assert";
import { comparable } from "./comparable.ts";
import { rethrow } from "./rethrow.ts";

/** Asserts that `actual` and `expected` are not equal by `assertEquals`. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  rethrow(
    () => notDeepStrictEqual(comparable(actual), comparable(expected)),
    msg,
  );
}

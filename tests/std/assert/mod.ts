/**
 * A stand-in for `jsr:@std/assert`, for networks that cannot reach JSR.
 *
 * It offers what the tests of this repository use, with the signatures of the
 * real package, on top of `node:assert`. `tests/std/assert_test.ts` states what
 * both must do, and also passes against the real package.
 *
 * @module
 */
export * from "./almost_equals.ts";
export * from "./assert.ts";
export * from "./assertion_error.ts";
export * from "./equals.ts";
export * from "./false.ts";
export * from "./match.ts";
export * from "./not_equals.ts";
export * from "./rejects.ts";
export * from "./strict_equals.ts";
export * from "./string_includes.ts";
export * from "./throws.ts";

import type { Test } from "./condition_scope.ts";

/**
 * Joins tests, tried in order, into one that is settled by the first that comes out as `settles`:
 * with false it passes where each of them does, with true where any of them does.
 */
export function joinTests(tests: readonly Test[], settles: boolean): Test {
  // In pairs, which are called by name: a loop over a list costs as much as the tests. In halves,
  // because a condition may have very many.
  if (tests.length < 2) return tests[0] ?? (() => !settles);
  const middle = tests.length >> 1;
  const left = joinTests(tests.slice(0, middle), settles);
  const right = joinTests(tests.slice(middle), settles);
  return settles
    ? (subject, scope) => left(subject, scope) || right(subject, scope)
    : (subject, scope) => left(subject, scope) && right(subject, scope);
}

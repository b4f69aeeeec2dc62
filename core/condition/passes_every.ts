import type { ConditionScope } from "./condition_node.ts";

/** Tests one subject, a record or a value. */
export type Test = (subject: unknown, scope: ConditionScope) => boolean;

/** Joins tests into one that passes where each of them does, tried in order. */
export function passesEvery(list: readonly { readonly test: Test }[]): Test {
  return joinTests(list.map(({ test }) => test), false);
}

/** Joins tests into one that passes where any of them does, tried in order. */
export function passesAny(list: readonly { readonly test: Test }[]): Test {
  return joinTests(list.map(({ test }) => test), true);
}

// In pairs, which are called by name: a loop over a list costs as much as the tests. In halves,
// because a condition may have very many.
function joinTests(tests: readonly Test[], settles: boolean): Test {
  if (tests.length < 2) return tests[0] ?? (() => !settles);
  const middle = tests.length >> 1;
  const left = joinTests(tests.slice(0, middle), settles);
  const right = joinTests(tests.slice(middle), settles);
  return settles
    ? (subject, scope) => left(subject, scope) || right(subject, scope)
    : (subject, scope) => left(subject, scope) && right(subject, scope);
}

import type { ConditionScope } from "./condition_node.ts";

/** Tests one subject, a record or a value. */
type Test = (subject: unknown, scope: ConditionScope) => boolean;

/** Joins tests into one that passes where each of them does, tried in order. */
export function passesEvery(list: readonly { readonly test: Test }[]): Test {
  const tests = list.map(({ test }) => test);
  const [first, second, third] = tests;
  // The usual few are called by name: a loop over a list costs as much as the tests.
  switch (tests.length) {
    case 0:
      return () => true;
    case 1:
      return first!;
    case 2:
      return (subject, scope) =>
        first!(subject, scope) && second!(subject, scope);
    case 3:
      return (subject, scope) =>
        first!(subject, scope) && second!(subject, scope) &&
        third!(subject, scope);
  }
  return (subject, scope) => {
    for (let index = 0; index < tests.length; index++) {
      if (!tests[index]!(subject, scope)) return false;
    }
    return true;
  };
}

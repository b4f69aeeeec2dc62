import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  longestWalk,
  type Ways,
} from "../../../../core/lint/pattern/longest_walk.ts";
import { runs } from "../../../support/runs.ts";
import { testRows } from "../../../support/test_rows.ts";

function ways(...each: readonly (readonly [to: number, cost: number])[]): Ways {
  return new Map(each);
}

testRows(
  "longestWalk() gives for ten ways",
  [
    ["what a loop costs ten times", [ways([0, 3])], 30],
    ["a dear beginning once", [ways([1, 100]), ways([1, 2])], 118],
    ["the dearer of two loops", [
      ways([1, 1], [2, 1]),
      ways([1, 2]),
      ways([2, 5]),
    ], 50],
    ["the mean of a loop, and what is beyond it", [
      ways([1, 5]),
      ways([0, 1]),
    ], 32],
    ["nothing for what is never reached", [ways([0, 1]), ways([1, 50])], 10],
    ["what ends before", [ways([1, 7]), ways()], 7],
    ["nothing where nothing costs anything", [ways([0, 0])], 0],
  ] as const,
  ([, states, expected]) => assertEquals(longestWalk(states, 10), expected),
);

Deno.test("longestWalk() is never less than a walk costs", () => {
  const count = 6;
  const state = fc.array(
    fc.tuple(fc.nat(count - 1), fc.nat(40)),
    { minLength: 1, maxLength: 4 },
  ).map((each): Ways => new Map(each));
  const states = fc.array(state, { minLength: count, maxLength: count });
  fc.assert(
    fc.property(states, fc.array(fc.nat(3), { maxLength: 60 }), (
      states,
      choices,
    ) => {
      let at = 0;
      let cost = 0;
      for (const choice of choices) {
        const ways = [...states[at]!];
        const [to, more] = ways[choice % ways.length]!;
        at = to;
        cost += more;
      }
      assert(cost <= longestWalk(states, choices.length));
    }),
    runs(500),
  );
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  match,
  runAutomaton,
  type State,
} from "../../../core/pattern/automaton.ts";
import { parsePattern } from "../../../core/pattern/parse_pattern.ts";
import { readPattern } from "../../../core/pattern/read_pattern.ts";
import {
  arbitraryPattern,
  arbitraryPatternText,
} from "../../arbitraries/pattern.ts";
import { runs } from "../../support/runs.ts";

/** A state that takes an `a`. */
const a: State = {
  test: (text, position) => text[position] === "a",
  width: 1,
  next: [match],
};

Deno.test("runAutomaton() always matches what a RegExp matches", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      arbitraryPattern,
      fc.constantFrom("", "i"),
      fc.array(arbitraryPatternText, { minLength: 3, maxLength: 6 }),
      (source, flags, texts) => {
        const native = readPattern(source, flags);
        if (native === null) return;
        const { emit } = parsePattern(source, flags);
        if (emit === null) return;
        const start = emit(match);
        for (const text of texts) {
          compared++;
          assertEquals(
            runAutomaton(start, text, 0, false, { steps: 1e6 }),
            native.test(text),
            `/${source}/${flags} on ${JSON.stringify(text)}`,
          );
        }
      },
    ),
    runs(3_000),
  );
  assert(compared > 5_000, `only ${compared} texts were compared`);
});

Deno.test("runAutomaton() matches the empty pattern everywhere", () => {
  assertEquals(runAutomaton(match, "abc", 0, false, { steps: 10 }), true);
});

Deno.test("runAutomaton() counts each state that it enters, once at each place", () => {
  const twice: State = { test: () => true, width: 0, next: [a, a] };
  // Three times the two states before the text ends without a match, and none twice.
  const effort = { steps: 6 };
  assertEquals(runAutomaton(twice, "bb", 0, false, effort), false);
  assertEquals(effort.steps, 0);
  assertThrows(
    () => runAutomaton(twice, "bb", 0, false, { steps: 5 }),
    TypeError,
    "textTooLong",
  );
});

Deno.test("runAutomaton() begins where it is told to, and only there if it is anchored", () => {
  const run = (text: string, from: number, isAnchored: boolean) =>
    runAutomaton(a, text, from, isAnchored, { steps: 100 });
  assertEquals(run("ab", 1, false), false);
  assertEquals(run("bba", 1, false), true);
  assertEquals(run("bba", 1, true), false);
  assertEquals(run("ba", 1, true), true);
});

Deno.test("runAutomaton() stops where an anchored pattern can't match any more", () => {
  const text = "b".repeat(9);
  assertEquals(runAutomaton(a, text, 0, true, { steps: 1 }), false);
});

Deno.test("runAutomaton() takes what a nested run needs from the same effort", () => {
  const { emit } = parsePattern("(?=b)b", "");
  const effort = { steps: 3 };
  assertEquals(runAutomaton(emit!(match), "b", 0, true, effort), true);
  assertEquals(effort.steps, 0);
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addSplit,
  addUnit,
  createAutomaton,
  runAutomaton,
} from "../../../core/pattern/automaton.ts";
import { parsePattern } from "../../../core/pattern/parse_pattern.ts";
import { readPattern } from "../../../core/pattern/read_pattern.ts";
import {
  arbitraryPattern,
  arbitraryPatternText,
} from "../../arbitraries/pattern.ts";
import { runs } from "../../support/runs.ts";

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
        const automaton = createAutomaton();
        const start = emit(automaton, automaton.match);
        for (const text of texts) {
          compared++;
          assertEquals(
            runAutomaton({ automaton, text, steps: 1e6 }, start, 0, false),
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
  const automaton = createAutomaton();
  assertEquals(
    runAutomaton(
      { automaton, text: "abc", steps: 10 },
      automaton.match,
      0,
      false,
    ),
    true,
  );
});

Deno.test("runAutomaton() counts each state that it enters, once at each place", () => {
  const automaton = createAutomaton();
  const a = addUnit(automaton, "a", "", automaton.match);
  const loop = addSplit(automaton, a, a);
  // Three times the two states before the text ends without a match, and none twice.
  assertEquals(
    runAutomaton({ automaton, text: "bb", steps: 6 }, loop, 0, false),
    false,
  );
  const error = assertThrows(
    () => runAutomaton({ automaton, text: "bb", steps: 5 }, loop, 0, false),
    TypeError,
  );
  assertEquals(error.message, "the text is too long for the pattern");
});

Deno.test("runAutomaton() begins where it is told to, and only there if it is anchored", () => {
  const automaton = createAutomaton();
  const a = addUnit(automaton, "a", "", automaton.match);
  const run = (text: string, from: number, anchored: boolean) =>
    runAutomaton({ automaton, text, steps: 100 }, a, from, anchored);
  assertEquals(run("ab", 1, false), false);
  assertEquals(run("bba", 1, false), true);
  assertEquals(run("bba", 1, true), false);
  assertEquals(run("ba", 1, true), true);
});

Deno.test("runAutomaton() stops where an anchored pattern can't match any more", () => {
  const automaton = createAutomaton();
  const a = addUnit(automaton, "a", "", automaton.match);
  assertEquals(
    runAutomaton({ automaton, text: "b".repeat(9), steps: 1 }, a, 0, true),
    false,
  );
});

Deno.test("addSplit() adds up to 4,000 states and no more", () => {
  const automaton = createAutomaton();
  for (let count = 1; count < 4_000; count++) addSplit(automaton, 0, 0);
  assertThrows(
    () => addSplit(automaton, 0, 0),
    RangeError,
    "the pattern needs too many states",
  );
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
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

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  compilePattern,
  compileSearch,
} from "../../../core/pattern/compile_pattern.ts";
import { searchSteps } from "../../../core/pattern/pattern_step.ts";
import { readPattern } from "../../../core/pattern/read_pattern.ts";
import { slowPattern } from "../../../core/lint/pattern/slow_pattern.ts";
import {
  evilPatterns,
  hostilePattern,
  hostileText,
  longText,
  mutatedPattern,
  unicodePattern,
  unicodeText,
} from "../../arbitraries/hostile/hostile_pattern.ts";
import { runs } from "../../support/runs.ts";
import { type Engine, startEngine } from "./start_engine.ts";

const anyPattern = fc.oneof(
  hostilePattern,
  mutatedPattern,
  fc.constantFrom(...evilPatterns),
  fc.string({ maxLength: 30 }),
);
const flags = fc.constantFrom("", "i");

/** The answer of our own search; null where it gave up, which it may only past its budget. */
function search(source: string, flags: string, text: string): boolean | null {
  const budget = { steps: searchSteps };
  try {
    return compileSearch(source, flags)(text, budget);
  } catch (error) {
    assert(error instanceof TypeError && error.message === "textTooLong");
    return null;
  } finally {
    // No more than the last step can cost: the whole pattern, or the whole text.
    assert(budget.steps > -120_000, `${budget.steps}`);
  }
}

/** Compares our answer on a pattern with the engine's; undefined where the engine had none in time. */
type Compare = (
  ours: boolean | null,
  engine: boolean | null | undefined,
  source: string,
) => void;

/**
 * Runs a property with an engine of its own: nine code units keep one busy for years, in loops of loops.
 * Most answers have to come in time and be compared, or nothing would be known.
 */
async function withEngine(
  property: (engine: Engine, compare: Compare) => Promise<void>,
): Promise<void> {
  const engine = startEngine();
  let asked = 0;
  let compared = 0;
  try {
    await property(engine, (ours, engine, source) => {
      asked++;
      if (engine === undefined) return;
      // Only a pattern with references may have too many ways to match a short text.
      if (ours === null && /\\[1-9k]/.test(source)) return;
      compared++;
      assertEquals(ours, engine);
    });
  } finally {
    await engine.stop();
  }
  assert(compared > asked * 0.8, `${compared} of ${asked}`);
}

Deno.test("compileSearch() always gives the engine's answer on short texts", () => {
  const anyFlags = fc.constantFrom("", "i", "m", "s", "ims", "y", "iy");
  return withEngine((engine, compare) =>
    fc.assert(
      fc.asyncProperty(
        hostilePattern,
        anyFlags,
        hostileText,
        async (source, flags, text) => {
          fc.pre(readPattern(source, flags) !== null);
          const answer = await engine.ask([source, flags, text]);
          compare(search(source, flags, text), answer, source);
        },
      ),
      runs(1_500),
    )
  );
});

Deno.test("compilePattern() always gives the engine's answer with the flags u and v, or none beyond ASCII", () => {
  return withEngine((engine, compare) =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(unicodePattern, hostilePattern),
        fc.constantFrom("u", "iu", "v", "iv", "imsu", "uy"),
        fc.oneof(unicodeText, hostileText),
        async (source, flags, text) => {
          const native = readPattern(source, flags);
          // V8 also lets modifiers leak into classes under v: /(?i-s:a)[k]/v is found in "aK".
          fc.pre(
            native !== null &&
              !(flags.includes("v") && /\(\?[ims-]+:/.test(source)),
          );
          let ours: boolean | null = null;
          try {
            ours = compilePattern(source, flags)!(text);
          } catch {
            const isPlain = /^[ -~]*$/.test(text) &&
              !/[^ -~]|\\|--|&&|\[[^\]]*\[/.test(
                source.replace(/\\[^pPqu]/g, ""),
              );
            if (!isPlain) return;
          }
          compare(ours, await engine.ask([source, flags, text]), source);
        },
      ),
      runs(1_500),
    )
  );
});

Deno.test("compileSearch() always ends within its budget on texts of 100,000 characters", () => {
  fc.assert(
    fc.property(anyPattern, flags, longText(100_000), (source, flags, text) => {
      if (readPattern(source, flags) !== null) search(source, flags, text);
    }),
    runs(60),
  );
});

Deno.test("compilePattern() answers always alike, warm or cold", () => {
  fc.assert(
    fc.property(anyPattern, flags, longText(5_000), hostileText, (
      source,
      flags,
      text,
      other,
    ) => {
      const answer = (warm: boolean): unknown => {
        const matches = compilePattern(source, flags);
        if (matches === null) return null;
        try {
          if (warm) matches(other + text.slice(3));
        } catch {
          // Only the next answer counts.
        }
        try {
          return matches(text);
        } catch (error) {
          return String(error);
        }
      };
      assertEquals(answer(true), answer(false));
    }),
    runs(80),
  );
});

Deno.test("compilePattern() gives up on nothing of 10,000 characters that slowPattern() has not found", () => {
  fc.assert(
    fc.property(anyPattern, flags, longText(10_000), (source, flags, text) => {
      const matches = compilePattern(source, flags);
      if (matches === null) return;
      try {
        matches(text);
      } catch {
        assert(slowPattern(source, flags === "i") !== null, source);
      }
    }),
    runs(200),
  );
});

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  compileSearch,
  type Search,
} from "../../../core/pattern/compile_pattern.ts";
import { searchSteps } from "../../../core/pattern/pattern_step.ts";
import { readPattern } from "../../../core/pattern/read_pattern.ts";
import {
  hostilePattern,
  longText,
} from "../../arbitraries/hostile/hostile_pattern.ts";
import { runs } from "../../support/runs.ts";
import { type Case, startEngine } from "./start_engine.ts";

Deno.test("compileSearch() gives the engine's answer on texts of 1,000 characters, where that has one in time", async () => {
  const cases = fc.sample(
    fc.tuple(
      fc.tuple(readable(hostilePattern, ""), fc.constantFrom("", "i")),
      longText(1_000),
    ).map(([[source, flags], text]): Case => [source, flags, text]),
    runs(400),
  );
  const engine = startEngine();
  let compared = 0;
  try {
    for (const one of cases) {
      const [source, flags, text] = one;
      const answer = await engine.ask(one);
      if (answer === undefined) continue;
      const ours = readAnswer(compileSearch(source, flags), text);
      if (answer === null || ours === undefined) continue;
      compared++;
      assertEquals(ours, answer, JSON.stringify(one));
    }
  } finally {
    await engine.stop();
  }
  assertEquals(compared > cases.length * 0.8, true, `${compared}`);
});

function readable(
  pattern: fc.Arbitrary<string>,
  flags: string,
): fc.Arbitrary<string> {
  return pattern.filter((source) => readPattern(source, flags) !== null);
}

function readAnswer(matches: Search, text: string): boolean | undefined {
  try {
    return matches(text, { steps: searchSteps });
  } catch {
    return undefined;
  }
}

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

type Case = readonly [source: string, flags: string, text: string];

/** Answers in a thread of its own, so that a pattern that never ends can be stopped. */
const engine = `self.onmessage = ({ data: [source, flags, text] }) => {
  let answer = null;
  try {
    answer = new RegExp(source, flags).test(text);
  } catch {}
  self.postMessage(answer);
};`;

Deno.test("compileSearch() gives the engine's answer on texts of 1,000 characters, where that has one in time", async () => {
  const cases = fc.sample(
    fc.tuple(
      fc.tuple(readable(hostilePattern, ""), fc.constantFrom("", "i")),
      longText(1_000),
    ).map(([[source, flags], text]): Case => [source, flags, text]),
    runs(400),
  );
  const url = `data:text/javascript,${encodeURIComponent(engine)}`;
  let worker = new Worker(url, { type: "module" });
  let compared = 0;
  try {
    for (const one of cases) {
      const [source, flags, text] = one;
      const answer = await ask(worker, one);
      if (answer === undefined) {
        worker.terminate();
        worker = new Worker(url, { type: "module" });
        continue;
      }
      const ours = readAnswer(compileSearch(source, flags), text);
      if (answer === null || ours === undefined) continue;
      compared++;
      assertEquals(ours, answer, JSON.stringify(one));
    }
  } finally {
    worker.terminate();
  }
  assertEquals(compared > cases.length * 0.8, true, `${compared}`);
});

function readable(
  pattern: fc.Arbitrary<string>,
  flags: string,
): fc.Arbitrary<string> {
  return pattern.filter((source) => readPattern(source, flags) !== null);
}

/** Undefined where the engine has no answer in time, null for what it can't read. */
function ask(worker: Worker, one: Case): Promise<boolean | null | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 250);
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.postMessage(one);
  });
}

function readAnswer(matches: Search, text: string): boolean | undefined {
  try {
    return matches(text, { steps: searchSteps });
  } catch {
    return undefined;
  }
}

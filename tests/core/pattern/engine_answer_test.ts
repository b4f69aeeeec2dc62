import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { compilePattern } from "../../../core/pattern/compile_pattern.ts";
import {
  hostilePattern,
  longText,
  mutatedPattern,
} from "../../arbitraries/hostile_pattern.ts";
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

Deno.test("compilePattern() gives the engine's answer on texts of 1,000 characters, where that has one in time", async () => {
  const cases = fc.sample(
    fc.tuple(
      fc.oneof(hostilePattern, mutatedPattern),
      fc.constantFrom("", "i"),
      longText(1_000),
    ),
    runs(300),
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
      const ours = readAnswer(compilePattern(source, flags), text);
      if (answer === null || ours === undefined) continue;
      compared++;
      assertEquals(ours, answer, JSON.stringify(one));
    }
  } finally {
    worker.terminate();
  }
  assertEquals(compared > cases.length / 10, true, `${compared}`);
});

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

function readAnswer(
  matches: ((text: string) => boolean) | null,
  text: string,
): boolean | undefined {
  try {
    return matches?.(text);
  } catch {
    return undefined;
  }
}

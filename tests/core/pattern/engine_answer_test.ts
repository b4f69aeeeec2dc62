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

Deno.test("compileSearch() gives the engine's answer on texts of 1,000 characters, where that has one in time", async () => {
  const cases = fc.sample(
    fc.tuple(
      fc.tuple(readable(hostilePattern, ""), fc.constantFrom("", "i")),
      longText(1_000),
    ).map(([[source, flags], text]): Case => [source, flags, text]),
    runs(400),
  );
  let engine = startEngine();
  let compared = 0;
  try {
    for (const one of cases) {
      const [source, flags, text] = one;
      const answer = await engine.ask(one);
      if (answer === undefined) {
        await engine.stop();
        engine = startEngine();
        continue;
      }
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

interface Engine {
  /** Undefined where it has no answer in time, null for what it can't read. */
  readonly ask: (one: Case) => Promise<boolean | null | undefined>;
  readonly stop: () => Promise<void>;
}

/** Starts a program that answers, so that a pattern that never ends can be stopped. */
function startEngine(): Engine {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", `${import.meta.dirname}/engine.ts`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const encoder = new TextEncoder();
  let isStarted = false;
  return {
    ask: async (one) => {
      await input.write(encoder.encode(`${toLine(one)}\n`));
      let timer: ReturnType<typeof setTimeout> | undefined;
      // The first answer waits for the program to start.
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), isStarted ? 250 : 10_000);
      });
      const answer = output.read().then(({ value }) => JSON.parse(value!));
      const told = await Promise.race([answer, late]);
      clearTimeout(timer);
      if (told === undefined) answer.catch(() => {});
      isStarted = true;
      return told;
    },
    stop: async () => {
      child.kill("SIGKILL");
      await input.abort().catch(() => {});
      await child.status;
      await output.cancel();
    },
  };
}

/** Writes JSON in ASCII: there are more ends of lines in Unicode than one. */
function toLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function readAnswer(matches: Search, text: string): boolean | undefined {
  try {
    return matches(text, { steps: searchSteps });
  } catch {
    return undefined;
  }
}

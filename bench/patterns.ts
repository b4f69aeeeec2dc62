// Measures how long a search for a hostile pattern takes at most, on texts of 100,000 characters and
// with whatever it takes to compile it: the median of five, in time of the CPU, which others on the
// machine disturb least. Fails past 50 ms.

import process from "node:process";
import { compileSearch } from "../core/pattern/compile_pattern.ts";
import { searchSteps } from "../core/pattern/pattern_step.ts";
import { evilPatterns } from "../tests/arbitraries/hostile/hostile_pattern.ts";

const length = 100_000;
const limit = 50;

const patterns: readonly string[] = [
  ...evilPatterns,
  "(?:(?=.*x)a)+y",
  "(?:(?=(a|b|c)*d)(?!\\w{3}e)(?<=\\w*)(?<![x-z]).)+#",
  `(?:${"(?=.*x)(?!.*y)(?<=a.*)".repeat(20)}a)+y`,
  "(?:\\b|\\B)+(?:^|x)q",
  "(?:(?:a?){30}b?)*c",
  `${".*".repeat(80)}=`,
  "(?:(a)|b|\\1)*c",
  "(?=(a+))\\1*b",
  "(\\W*)(?:\\1)+\\1x",
  "(?:[^a]|[b])+c{3}",
  `(?:${
    Array.from(
      { length: 900 },
      (_, at) => `[^${String.fromCharCode(256 + at)}]`,
    ).join("|")
  })+!`,
  "(?:a|b?){9000}",
  `${"(?:a?".repeat(190)}${")*".repeat(190)}b`,
  `(${"a".repeat(19_000)})+`,
  "()".repeat(5_000) + "\\1".repeat(5_000),
  "(?<n>a)|".repeat(1_400) + "\\k<n>".repeat(1_400),
];

const texts: readonly (readonly [name: string, text: string])[] = [
  ["a", "a".repeat(length)],
  ["words", "word one, a.b@x ".repeat(length / 16)],
  [
    "all code units",
    Array.from({ length }, (_, unit) => String.fromCharCode(unit % 65_536))
      .join(""),
  ],
];

interface Measure {
  readonly milliseconds: number;
  readonly name: string;
}

function measure(source: string, flags: string, text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    try {
      compileSearch(source, flags)(text, { steps: searchSteps });
    } catch {
      // It gave up, which is all right if it did so in time.
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.sort((one, other) => one - other)[2]!;
}

const measures: Measure[] = [];
for (const source of patterns) {
  for (const flags of ["", "i"]) {
    for (const [name, text] of texts) {
      measures.push({
        milliseconds: measure(source, flags, text),
        name: `/${source.slice(0, 50)}/${flags} on ${name}`,
      });
    }
  }
}
measures.sort((one, other) => other.milliseconds - one.milliseconds);
for (const { milliseconds, name } of measures.slice(0, 10)) {
  console.log(`${milliseconds.toFixed(1).padStart(6)} ms  ${name}`);
}
if (measures[0]!.milliseconds > limit) {
  console.error(`Cannot be sure of ${limit} ms, or the machine is busy`);
  Deno.exitCode = 1;
}

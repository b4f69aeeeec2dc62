/** A metric family, as a parser reads it. */
export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ParsedSample[];
}

/** A sample, as a parser reads it. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const number = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const samplePattern = new RegExp(
  `^(${name})(?:\\{(${label}(?:,${label})*)\\})? (${number})$`,
);

/**
 * Reads a text of OpenMetrics 1.0, as far as this package writes any, and throws where it breaks a rule:
 * the end, the order of a family's lines, the names of samples, escapes.
 */
export function parseOpenMetrics(text: string): readonly ParsedFamily[] {
  if (!text.endsWith("\n# EOF\n")) throw new Error("There is no # EOF");
  const families: (ParsedFamily & { samples: ParsedSample[] })[] = [];
  let described: { name: string; type: string; help: string } | null = null;
  for (
    const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)
  ) {
    const [, keyword, subject = "", rest = ""] =
      /^# (TYPE|UNIT|HELP) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword === "TYPE") {
      if (families.some((family) => family.name === subject)) {
        throw new Error(`The family ${subject} comes twice`);
      }
      described = { name: subject, type: rest, help: "" };
      families.push({ ...described, samples: [] });
      continue;
    }
    const family = families.at(-1);
    if (family === undefined) throw new Error(`No family: ${line}`);
    if (keyword !== undefined) {
      if (subject !== family.name || family.samples.length > 0) {
        throw new Error(`Out of order: ${line}`);
      }
      if (keyword === "UNIT" && !subject.endsWith(`_${rest}`)) {
        throw new Error(`The name lacks the unit: ${line}`);
      }
      if (keyword === "HELP") Object.assign(family, { help: unescape(rest) });
      continue;
    }
    family.samples.push(parseSample(line, family));
  }
  return families;
}

function parseSample(line: string, family: ParsedFamily): ParsedSample {
  const [, sample, labels = "", value] = samplePattern.exec(line) ?? [];
  const expected = family.type === "counter"
    ? `${family.name}_total`
    : family.name;
  if (sample !== expected) throw new Error(`No sample of it: ${line}`);
  const pairs = [...labels.matchAll(new RegExp(label, "g"))].map(([pair]) => {
    const end = pair.indexOf("=");
    return [pair.slice(0, end), unescape(pair.slice(end + 2, -1))] as const;
  });
  return {
    name: sample,
    labels: Object.fromEntries(pairs),
    value: Number(value),
  };
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, letter) => letter === "n" ? "\n" : letter);
}

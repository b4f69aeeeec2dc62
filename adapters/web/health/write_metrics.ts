/** A metric family of OpenMetrics. */
export interface Metric {
  /** Its name, without the ending `_total` of a counter. */
  readonly name: string;
  /** What kind of numbers it has. */
  readonly type: "counter" | "gauge" | "stateset";
  /** The unit, with which its name ends. */
  readonly unit?: string;
  /** What it is, for people. */
  readonly help: string;
  /** The numbers. */
  readonly samples: readonly Sample[];
}

/** A number of a metric. */
export interface Sample {
  /** What tells it from the others. */
  readonly labels?: Labels;
  /** The number. */
  readonly value: number;
}

/** Values by name. */
export interface Labels {
  /** The value of a label. */
  readonly [name: string]: string | undefined;
}

/**
 * Writes metrics as OpenMetrics 1.0. `common` are labels of every sample, after its own. Throws a
 * `TypeError` for a label whose name can't be one.
 */
export function writeMetrics(
  metrics: readonly Metric[],
  common: Labels = {},
): string {
  const bad = Object.keys(common).find((name) => !isLabelName(name));
  if (bad !== undefined) {
    throw new TypeError(
      `Cannot write metrics: a label's name has letters, digits and underscores, and the current value is ${
        JSON.stringify(bad)
      }`,
    );
  }
  const lines = metrics.flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escape(help)}`,
    ...samples.map(({ labels, value }) =>
      `${name}${type === "counter" ? "_total" : ""}${
        writeLabels({ ...common, ...labels })
      } ${value}`
    ),
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

// Names with two underscores in front belong to Prometheus itself.
function isLabelName(name: string): boolean {
  return /^(?!__)[a-zA-Z_]\w*$/.test(name);
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}="${escape(String(value))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(text: string): string {
  return text.replace(
    /[\\"\n]/g,
    (letter) => letter === "\n" ? "\\n" : `\\${letter}`,
  );
}

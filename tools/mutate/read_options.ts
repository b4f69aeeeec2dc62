import { parseArgs } from "node:util";

/** What `deno task mutate` is asked to do. */
export interface Options {
  /** The files and directories to mutate. */
  readonly paths: readonly string[];
  /** Only mutants of this file, or of this line of it (`core/hash/hash.ts:30`). */
  readonly only: string | undefined;
  /** How many mutants at most. */
  readonly limit: number;
  /** Each how many-th mutant, and beginning with which. */
  readonly shard: readonly [index: number, count: number];
  /** After how many milliseconds tests are stopped. */
  readonly timeout: number;
  /** How many copies of the repository work at a time. */
  readonly workers: number;
  /** After how many minutes no more mutants are tried. */
  readonly minutes: number;
  /** Whether to print the mutants and leave it at that. */
  readonly list: boolean;
}

const defaultPaths = [
  "core/hash",
  "core/bucket",
  "core/condition",
  "core/gates",
  "core/pattern",
];

/** Reads the arguments of the command line. Throws a TypeError or RangeError that says what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: "string" },
      limit: { type: "string" },
      shard: { type: "string" },
      timeout: { type: "string" },
      workers: { type: "string" },
      minutes: { type: "string" },
      list: { type: "boolean" },
    },
  });
  return {
    paths: positionals.length > 0 ? positionals : defaultPaths,
    only: values.only,
    limit: readCount("--limit", values.limit, Infinity),
    shard: readShard(values.shard ?? "1/1"),
    timeout: readCount("--timeout", values.timeout, 30) * 1_000,
    workers: readCount("--workers", values.workers, 2),
    minutes: readCount("--minutes", values.minutes, Infinity),
    list: values.list ?? false,
  };
}

function readCount(
  name: string,
  text: string | undefined,
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new RangeError(`Cannot read ${name}: the current value is ${text}`);
}

function readShard(text: string): readonly [index: number, count: number] {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = [Number(index), Number(count)] as const;
  if (shard[0] >= 1 && shard[0] <= shard[1]) return shard;
  throw new RangeError(
    `Cannot read --shard as one of several, such as 2/4: the current value is ${text}`,
  );
}

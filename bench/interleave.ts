import { measure } from "mitata";

/** Does a piece of work once; the number tells the calls apart. */
export type Work = (call: number) => unknown;

/** Nanoseconds a call, as the median over rounds, of two pieces of work measured in turn. */
export interface Comparison {
  /** Ours. */
  readonly ours: number;
  /** What ours is held against. */
  readonly theirs: number;
  /** How many times as long theirs takes: the median of the rounds' ratios. */
  readonly ratio: number;
}

const rounds = 15;

/** How long a piece of work is repeated before the first round, in milliseconds. */
const warmUpTime = 1_000;

/** How long it is measured in a round, in milliseconds. */
const roundTime = 40;

/** How long a batch of calls takes at least, in milliseconds. */
const batchTime = 0.5;

/** Measures two pieces of work in turn, so that a machine that slows down slows both. */
export async function interleave(
  ours: Work,
  theirs: Work,
): Promise<Comparison> {
  const own = warmUp(ours);
  const other = warmUp(theirs);
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push([await nanoseconds(own), await nanoseconds(other)]);
  }
  return {
    ours: median(pairs.map(([own]) => own)),
    theirs: median(pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([own, other]) => other / own)),
  };
}

/** Bytes a call leaves behind; null where the runtime doesn't tell. */
export function allocatedBytes(work: Work): number | null {
  const calls = 10_000;
  const used = () => process.memoryUsage().heapUsed;
  for (let call = 0; call < calls; call++) work(call);
  const samples = Array.from({ length: 15 }, () => {
    const before = used();
    for (let call = 0; call < calls; call++) work(call);
    return (used() - before) / calls;
  }).filter((bytes) => bytes >= 0);
  // A collection in the middle makes a sample too small or negative; most have none.
  return "Bun" in globalThis || samples.length === 0 ? null : median(samples);
}

/** Calls in a row, so many that reading the clock doesn't count. */
interface Batch {
  /** Does the calls. */
  readonly run: () => void;
  /** How many they are. */
  readonly calls: number;
}

// The loop lives through all rounds: one that is made anew for each has to be optimized anew, which
// takes a good part of a round, and not the same in each. Code that is not warm yet is no measure
// of how many calls fill a batch either.
function warmUp(work: Work): Batch {
  // A function of its own for each piece of work: a shared one is optimized for none of them.
  const repeat = new Function(
    "work",
    "calls",
    "from",
    "for (let call = from; call < from + calls; call++) work(call)",
  );
  let done = 0;
  const run = (calls: number) => {
    repeat(work, calls, done);
    done += calls;
  };
  const start = performance.now();
  let calls = 1;
  for (;;) {
    const from = performance.now();
    run(calls);
    const to = performance.now();
    if (to - from < batchTime) calls *= 2;
    else if (to - start > warmUpTime) break;
    else calls = Math.max(1, calls >> 1);
  }
  return { run: () => run(calls), calls };
}

async function nanoseconds({ run, calls }: Batch): Promise<number> {
  const { p50 } = await measure(run, {
    min_cpu_time: roundTime * 1_000_000,
    batch_threshold: 0,
  });
  return p50 / calls;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

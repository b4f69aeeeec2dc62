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

const rounds = 9;

/** Measures two pieces of work in turn, so that a machine that slows down slows both. */
export async function interleave(
  ours: Work,
  theirs: Work,
): Promise<Comparison> {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push([await nanoseconds(ours), await nanoseconds(theirs)]);
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

async function nanoseconds(work: Work): Promise<number> {
  let call = 0;
  const { p50 } = await measure(() => work(call++), {
    min_cpu_time: 20_000_000,
    batch_samples: 512,
    batch_unroll: 1,
    batch_threshold: Infinity,
  });
  return p50;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

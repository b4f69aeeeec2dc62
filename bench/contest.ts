import { do_not_optimize } from "mitata";

/** Evaluates a feature in a context. */
export type Evaluate = (context: never, key: string) => unknown;

/** What is measured. */
export interface Contestant {
  /** Evaluates a feature. */
  readonly evaluate: Evaluate;
  /** Makes the context of a user, anew for each call. */
  readonly contextOf: (attributes: object) => object;
}

/** A piece of work that each contestant does, in an order of its own. */
export interface Contest {
  /** The contestants: ours first. */
  readonly contestants: readonly Contestant[];
  /** The keys that are asked for, one after the other. */
  readonly keys: readonly string[];
  /** The users' attributes, one after the other. */
  readonly users: readonly object[];
}

/** What came of a contest, for each contestant. */
export interface ContestTimes {
  /** Nanoseconds a call: that of a quick round, which others on the machine have disturbed least. */
  readonly nanoseconds: readonly number[];
  /** How many times as long as the first contestant each takes. */
  readonly ratios: readonly number[];
}

const rounds = 60;

/** Of so many rounds, one in this many is quicker than what counts. */
const quickShare = 10;

/** How long each contestant is repeated before the first round, in milliseconds. */
const warmUpTime = 250;

/** How long a contestant is measured in a round, in milliseconds. */
const batchTime = 2;

/**
 * Measures contests round by round, so that a machine that slows down slows all of them. All work
 * goes through one function, with a context that is made anew for each call, and all of it is warm
 * before any of it is measured: no engine gets to inline one workload.
 */
export function measureContests(
  contests: readonly Contest[],
): readonly ContestTimes[] {
  const calls = contests.map((contest) =>
    contest.contestants.map((contestant) => warmUp(contest, contestant))
  );
  const times = contests.map(({ contestants }) =>
    contestants.map((): number[] => [])
  );
  for (let round = 0; round < rounds; round++) {
    contests.forEach((contest, index) => {
      contest.contestants.forEach((contestant, which) => {
        const count = calls[index]![which]!;
        times[index]![which]!.push(time(contest, contestant, count, round));
      });
    });
  }
  return times.map((each) => {
    const nanoseconds = each.map(quickOf);
    return {
      nanoseconds,
      ratios: nanoseconds.map((own) => own / nanoseconds[0]!),
    };
  });
}

/** The same contest for users of a page whose URL asks for no variation. */
export function onPage(contest: Contest): Contest {
  const url = "https://shop.example/shoes?utm_source=mail&utm_campaign=autumn";
  const contestants = contest.contestants.map(({ evaluate, contextOf }) => ({
    evaluate,
    contextOf: (attributes: object) => ({ ...contextOf(attributes), url }),
  }));
  return { ...contest, contestants };
}

/** Throws where contestants give other values: nothing is measured that does not give the same. */
export function compareValues(
  name: string,
  { contestants, keys, users }: Contest,
): void {
  for (const key of keys) {
    for (const attributes of users.slice(0, 50)) {
      const [ours, ...others] = contestants.map(({ evaluate, contextOf }) => {
        const result = evaluate(contextOf(attributes) as never, key);
        return JSON.stringify((result as Valued).value);
      });
      if (others.some((value) => value !== ours)) {
        throw new Error(`Cannot measure ${name}: ${key} has other values`);
      }
    }
  }
}

interface Valued {
  readonly value: unknown;
}

function quickOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / quickShare)]!;
}

// Code that is not warm yet is no measure of how many calls fill a batch.
function warmUp(contest: Contest, contestant: Contestant): number {
  const start = performance.now();
  let calls = 64;
  for (;;) {
    const from = performance.now();
    time(contest, contestant, calls, 0);
    const to = performance.now();
    if (to - from < batchTime) calls *= 2;
    else if (to - start > warmUpTime) return calls;
  }
}

function time(
  { keys, users }: Contest,
  { evaluate, contextOf }: Contestant,
  calls: number,
  round: number,
): number {
  const from = performance.now();
  repeat(evaluate, contextOf, keys, users, calls, round);
  return (performance.now() - from) * 1_000_000 / calls;
}

/** The one loop that all work goes through. */
function repeat(
  evaluate: Evaluate,
  contextOf: Contestant["contextOf"],
  keys: readonly string[],
  users: readonly object[],
  calls: number,
  from: number,
): void {
  const keyCount = keys.length;
  const userCount = users.length;
  for (let call = 0; call < calls; call++) {
    const context = contextOf(users[(call + from) % userCount]!);
    const key = keys[(call * 7 + from) % keyCount]!;
    do_not_optimize(evaluate(context as never, key));
  }
}

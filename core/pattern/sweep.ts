import { testStep } from "./test_step.ts";
import { type Budget, type Step, tooLong } from "./pattern_step.ts";

/** A search in a text. */
export interface Search {
  /** The text. */
  readonly text: string;
  /** For each position the bits of what was found around it. */
  readonly around: Int32Array;
  /** What may still be spent on it. */
  readonly budget: Budget;
}

/** The steps that may come at a position, and what is known to come of them. */
interface State {
  readonly steps: readonly Step[];
  readonly edges: Map<number, Edge>;
}

/** What comes of a state between two units of the text. */
interface Edge {
  /** The state at the next position. */
  readonly state: State;
  /** How many steps were tried. */
  readonly cost: number;
  /** Whether the end was among them. */
  readonly isEnd: boolean;
  /** In which search it was paid for. */
  paid: Search | null;
}

/** Goes once through a text, and calls `reach` where the end is reached, until that is true. */
export type Sweep = (
  search: Search,
  reach: (position: number) => boolean,
) => void;

/** After so many steps a search finds that nothing comes again, and keeps nothing more. */
const keptSteps = 10_000;

/** What is known of a state that is not kept. */
const none: Map<number, Edge> = /* @__PURE__ */ new Map();

/** Stands for the unit beyond an end of the text. */
const noUnit = 65_536;

/**
 * Makes a sweep, which follows all ways to match at once, from every position, or from the first
 * alone. Time grows with the text and the number of steps. What was found out about a unit is kept
 * and not paid for again (Cox, "Regular Expression Matching Can Be Simple And Fast", 2007). What is
 * kept from other searches is paid for, so that a search always ends alike.
 */
export function makeSweep(
  start: Step,
  isBackward: boolean,
  isWide: boolean,
  isFirstOnly: boolean,
): Sweep {
  let states = new Map<string, State>();
  let kept = 0;
  let time = 0;
  // Not among the states, since the start of the text is known by it.
  let first: State = { steps: [start], edges: new Map() };

  const follow = (
    { steps }: State,
    { text, around }: Search,
    position: number,
    isKept: boolean,
  ): Edge => {
    const seen: Step[] = [];
    const reached: Step[] = [];
    let isEnd = false;
    time++;
    const see = (step: Step) => {
      if (step.seen !== time) seen.push(step);
      step.seen = time;
    };
    const reach = (step: Step) => {
      if (step.reached !== time) reached.push(step);
      step.reached = time;
    };
    steps.forEach(see);
    for (const step of seen) {
      if (step.kind === "end") isEnd = true;
      else if (step.kind === "unit") {
        if (testStep(step, text, position)) reach(step.next!);
      } else if (
        step.kind === "anchor"
          ? testStep(step, text, position)
          : step.kind === "fork" || around[position]! >> step.look! & 1
      ) {
        see(step.next!);
        if (step.other) see(step.other);
      }
    }
    if (!isFirstOnly) reach(start);
    let state: State | undefined;
    if (isKept) {
      const key = reached.map(({ id }) => id).join();
      state = states.get(key);
      if (state === undefined) {
        states.set(key, state = { steps: reached, edges: new Map() });
        kept += reached.length;
      }
      kept++;
    }
    state ??= { steps: reached, edges: none };
    return { state, cost: seen.length + 1, isEnd, paid: null };
  };

  return (search, reach) => {
    const { text, around, budget } = search;
    const enough = budget.steps - text.length - keptSteps;
    if (kept > keptSteps) {
      kept = 0;
      states = new Map();
      first = { steps: [start], edges: new Map() };
    }
    let state = first;
    let before = noUnit;
    for (let done = 0; done <= text.length; done++) {
      const position = isBackward ? text.length - done : done;
      const unit = done === text.length
        ? noUnit
        : text.charCodeAt(isBackward ? position - 1 : position);
      let key = unit + (noUnit + 1) * around[position]!;
      if (isWide) key = key * (noUnit + 1) + before;
      before = unit;
      const isKept = budget.steps > enough;
      let edge = state.edges.get(key);
      if (edge === undefined) {
        edge = follow(state, search, position, isKept);
        if (isKept) state.edges.set(key, edge);
      }
      budget.steps -= isKept && edge.paid === search ? 1 : edge.cost;
      if (budget.steps < 0) throw tooLong;
      edge.paid = search;
      if (edge.isEnd && reach(position)) return;
      state = edge.state;
    }
  };
}

import { fault } from "../support/fault.ts";

/**
 * A state of a nondeterministic finite automaton that matches as a JavaScript regular expression
 * does. It is run on all paths at once and never goes back, so its time grows with the text and no
 * faster. Source: Thompson, "Regular Expression Search Algorithm", 1968; Cox, "Regular Expression
 * Matching: the Virtual Machine Approach", 2009.
 */
export interface State {
  /** Whether the state is left at a position of the text. */
  readonly test: (text: string, position: number, effort: Effort) => boolean;
  /** How many code units that takes. */
  readonly width: 0 | 1;
  /** The states that follow. */
  next: readonly State[];
}

/** How much longer an automaton may run, nested ones included. */
export interface Effort {
  /** How many more states may be entered. */
  steps: number;
}

/** The state that says a match was found. */
export const match: State = { test: () => false, width: 0, next: [] };

/** Thrown where a run takes too many steps. */
export const tooLong: Error = /* @__PURE__ */ fault("textTooLong");

/**
 * Whether the pattern that begins at a state matches from a position on: right there where it is
 * anchored, anywhere else where it is not. Throws {@linkcode tooLong} when the steps run out.
 */
export function runAutomaton(
  start: State,
  text: string,
  from: number,
  isAnchored: boolean,
  effort: Effort,
): boolean {
  let active = new Set([start]);
  for (let position = from; position <= text.length; position++) {
    const ahead = new Set(isAnchored ? [] : [start]);
    // What is added to a set while it is walked is walked too.
    for (const state of active) {
      if (state === match) return true;
      if (--effort.steps < 0) throw tooLong;
      if (!state.test(text, position, effort)) continue;
      const reached = state.width === 1 ? ahead : active;
      for (const next of state.next) reached.add(next);
    }
    if (ahead.size === 0) break;
    active = ahead;
  }
  return false;
}

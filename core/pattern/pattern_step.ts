import { fault } from "../support/fault.ts";

/** Thrown where it would take too many steps to find out whether a text matches. */
export const tooLong: Error = /* @__PURE__ */ fault("textTooLong");

/** How many steps a search may try. One that goes back pays three for each. */
export const searchSteps = 600_000;

/** What a search may still spend. */
export interface Budget {
  /** How many more steps it may try; less than 0 after it gave up. */
  steps: number;
}

/** One step of a pattern that was taken apart: what has to hold at a position of the text. */
export interface Step {
  /**
   * What it does: takes a `unit`, stands at an `anchor`, goes on in two ways by a `fork`, looks
   * around, or reaches the `end`. The rest serves references: it takes the text of a group again,
   * marks a position in a slot, clears slots, or asks that a turn of a loop has moved on.
   */
  readonly kind:
    | "unit"
    | "anchor"
    | "fork"
    | "look"
    | "end"
    | "reference"
    | "mark"
    | "clear"
    | "moved";
  /** What comes then. */
  next: Step | null;
  /** The second way of a fork. */
  readonly other?: Step;
  /** Matches the unit alone, or the anchor in a text of two units. */
  readonly native?: RegExp;
  /** The unit itself, where nothing else is the same. */
  readonly literal?: string | null;
  /** The number of what is looked for, in the list of the program. */
  readonly look?: number;
  /** A slot, or the first of several. */
  readonly slot?: number;
  /** The end of several slots. */
  readonly until?: number;
  /** The groups that a reference may mean. */
  readonly groups?: readonly number[];
  /** Whether case makes no difference to a reference. */
  readonly ignoresCase?: boolean;
  /** Whether it goes from right to left. */
  readonly isBackward?: boolean;
  /** Tells steps apart. */
  readonly id: number;
  /** When a sweep was last at it. */
  seen: number;
  /** When a sweep last came upon it for the next position. */
  reached: number;
}

/** What is looked for around a position. */
export interface Look {
  /** Where it begins. */
  readonly start: Step;
  /** Whether it goes from right to left. */
  readonly isBackward: boolean;
  /** Whether it must not be there. */
  readonly isNegative: boolean;
}

/** A pattern as steps. */
export interface Program {
  /** Where it begins. */
  readonly start: Step;
  /** What it looks for around positions, the inner before the outer. */
  readonly looks: readonly Look[];
  /** How many positions it marks; 0 for a pattern without references. */
  readonly slots: number;
  /** Whether what holds at a position depends on the units on both of its sides. */
  readonly isWide: boolean;
}

import { fault } from "../support/fault.ts";

/** Thrown where it would take too many steps to find out whether a text matches. */
export const tooLong: Error = /* @__PURE__ */ fault("textTooLong");

/** How many steps a search may try: as many as take some 20 milliseconds. */
export const searchSteps = 600_000;

/** What it takes to ask JavaScript's own engine about a character, or to look around, in steps. */
export const askingSteps = 4;

/** What a search may still spend. */
export interface Budget {
  /** How many more steps it may try; less than 0 after it gave up. */
  steps: number;
}

/** Which characters are meant: one by its code, those that pass a test, or all (null). */
export type Units = number | ((code: number) => boolean) | null;

/** One step of a pattern that was taken apart: what has to hold at a position of the text. */
export interface Step {
  /**
   * What it does: takes a `unit`, stands at an `anchor`, goes on in two ways by a `fork`, looks
   * around, or reaches the `end`. The rest serves references: it takes the text of a group again,
   * marks a position in a slot or clears it, or asks that a turn of a loop has moved on.
   */
  readonly kind:
    | "unit"
    | "anchor"
    | "fork"
    | "look"
    | "end"
    | "reference"
    | "mark"
    | "moved";
  /** What comes then. */
  next: Step | null;
  /** The second way of a fork, or where what is looked for begins. */
  other: Step | null;
  /** The characters of a unit, or of those that an anchor is about. */
  readonly units: Units;
  /** Whether it goes from right to left. */
  readonly isBackward: boolean;
  /** Whether it must not be so, or whether a slot is cleared. */
  readonly isNegative: boolean;
  /** A slot. For an anchor: 1 for the side before, 2 after, 3 both. */
  readonly slot: number;
  /** The groups that a reference may mean. */
  readonly groups: readonly number[];
  /** Finds out whether two characters are the same for a reference; null where case matters. */
  readonly fold: RegExp | null;
  /** Its number among the steps that are reached in several ways, or -1. */
  shared: number;
}

/** A pattern as steps. */
export interface Program {
  /** Where it begins. */
  readonly start: Step;
  /** How many steps are reached in several ways; 0 for a pattern with references. */
  readonly shared: number;
  /** How many positions it marks; 0 for a pattern without references. */
  readonly slots: number;
  /** Whether it takes code points, and not code units. */
  readonly isUnicode: boolean;
}

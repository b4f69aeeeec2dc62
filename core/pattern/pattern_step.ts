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

/** Tells of a character, by its code; of none at all, NaN, it is false. */
export type Units = (code: number) => boolean;

/** Tells of a position, by the codes of the characters before and after it. */
export type Anchor = (before: number, after: number) => boolean;

// What a step does.
export const takes = 0;
export const stands = 1;
export const forks = 2;
export const looks = 3;
export const ends = 4;
export const marks = 5;
export const moves = 6;
export const repeats = 7;

/**
 * One step of a pattern that was taken apart: what has to hold at a position of the text. It takes a
 * character, stands at an anchor, goes on in two ways by a fork, looks around, or ends. The rest
 * serves references: it marks the position, asks that a turn of a loop has moved on, or repeats what
 * a group holds.
 */
export interface Step {
  /** What it does. */
  readonly kind: number;
  /** What comes then. */
  next: Step | null;
  /** The second way of a fork, or where what is looked for begins. */
  other: Step | null;
  /** The one character that it takes, or which; what an anchor asks; how a reference compares. */
  readonly test: number | Units | Anchor | RegExp | null;
  /** Slots: those that it marks, from one up to another, or asks; or those of groups. */
  readonly slots: readonly number[];
  /** Whether the marks are taken away, or what is looked for must not be there. */
  readonly isNegative: boolean;
  /** Whether what is looked for is gone through from right to left. */
  readonly isBackward: boolean;
  /** When it was tried last: at a position, there is no need to try it twice. */
  seen: number;
}

/** A pattern as steps. */
export interface Program {
  /** Where it begins. */
  readonly start: Step;
  /** Whether what it matches depends on what its groups hold. */
  readonly usesReferences: boolean;
  /** Whether it takes code points, and not code units. */
  readonly isUnicode: boolean;
  /** How many positions were tried so far, in all texts. */
  clock: number;
}

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

/**
 * What a way of matching has marked, by slot: where a group begins and ends, and where the turn of a
 * loop began; NaN for nothing. Null where nothing depends on that.
 */
export type Marks = readonly number[] | null;

/** A step that a way takes next, null at its end, and what the way has marked. */
export type Way = Step | null | Marks;

/**
 * One step of a pattern that was taken apart: follows a way that has come to it at a position of the
 * text, and says where it goes on, if it does.
 */
export interface Step {
  /** Follows a way. */
  readonly follow: (scan: Scan, held: Marks) => void;
  /** The ways among which it was tried last: at a position, there is no need to try it twice. */
  seen: readonly Way[] | null;
}

/** A pattern as steps. */
export interface Program {
  /** Where it begins; null for one that asks for nothing. */
  readonly start: Step | null;
  /** What is marked at first. */
  readonly marks: Marks;
  /** What all steps cost, each tried once. */
  readonly cost: number;
}

/** A text that is searched. */
export interface Search {
  /** The text. */
  readonly text: string;
  /** What may still be spent. */
  readonly budget: Budget;
  /** The positions where what is looked for was found, by its first step. */
  readonly found: Map<Step | null, Uint8Array>;
}

/** All ways at a position. */
export interface Scan extends Search {
  /** How far the text was gone through. */
  position: number;
  /** The code of the character that comes next; NaN where the text ends. */
  code: number;
  /** The ways that go on at this position, the first of them last: marks and step. */
  waiting: Way[];
  /** The ways that have taken the character, the first of them first: step and marks. */
  ways: Way[];
}

/** Spends steps; throws where there are none left. */
export function charge(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw tooLong;
}

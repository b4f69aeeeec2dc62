import type { Instructions } from "../condition/instruction.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { Prerequisite, Progress } from "../evaluation/trace.ts";
import type { BucketHash } from "../hash/compile_hash.ts";
import type { Rollout } from "./bucketing/rollout.ts";
import type { AnyGate, Gates } from "./gate.ts";

// What a step does. Gates are made of these.
export const checks = 0;
export const meetsCondition = 1;
export const isRolledOut = 2;
export const findsBucket = 3;
export const asksParents = 4;

/** What a gate asks for a definition: the loop knows how to ask it. */
export type Operation =
  | Shape<typeof checks, Check>
  | Shape<typeof meetsCondition, Instructions>
  | Shape<typeof isRolledOut, Rollout>
  | Shape<typeof findsBucket, BucketHash>
  | Shape<typeof asksParents, Prerequisite>;

interface Shape<Code extends number, Operand> {
  /** What to do. */
  readonly code: Code;
  /** What that depends on. */
  readonly operand: Operand;
}

/**
 * Tells what becomes of a user at a gate. It may change how far the user has come, which is kept only
 * where a gate that needs an option, or an experiment that forces a variation, may ask for it.
 */
export type Check = (evaluation: Evaluation, progress: Progress) => Verdict;

/** Gives the user a variation without the hash. What forces one may be malformed, and is kept as it is. */
export function decide(progress: Progress, variation: number): Verdict {
  progress.variation = variation;
  return "decided";
}

/**
 * What a gate said: whether it lets the user through, and sometimes more: the variation is decided, an older
 * assignment blocks the user, or parents that are so end the feature. Why a gate stops a user, explanations
 * know by its name (`core/explain/gate_reasons.ts`).
 */
export type Verdict =
  | boolean
  | "decided"
  | "blocked"
  | "prerequisite"
  | "cyclicPrerequisite";

/** A gate made for a definition: one step of the loop. */
export type Step = Operation & {
  /** The gate. */
  readonly gate: AnyGate;
  /** The step after it; null after the last. */
  readonly next: Step | null;
};

/** The gates of a rule or an experiment, ready to be passed. */
export interface CompiledGates {
  /** The first of all steps; undefined until a context with options, or an explanation, needs them. */
  all: Step | null | undefined;
  /** The gates that they were made by. */
  readonly gates: Gates<never, never>;
  /** The rule or the experiment that they were made for. */
  readonly definition: unknown;
  /** What else they were made from. */
  readonly origin: unknown;
}

/** What has gates: a rule or an experiment. The steps of each call are at hand, without the list around them. */
export interface Gated {
  /** The gates, in order. */
  readonly gates: CompiledGates;
  /** The first of the steps that a context without options can't pass over; null without any. */
  readonly usual: Step | null;
}

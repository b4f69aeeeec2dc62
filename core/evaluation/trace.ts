import type { Instructions } from "../condition/instruction.ts";
import type { CompiledGates, Step, Verdict } from "../gates/step.ts";
import type { ExperimentResult, FeatureResult } from "../types/result.ts";
import type { Evaluation } from "./evaluation.ts";
import type { FeatureReference } from "./feature_reference.ts";

/** A parent with its condition compiled. */
export interface Prerequisite extends FeatureReference {
  /** Whether it was called a gate. */
  readonly gate: boolean;
  /** Whether a failure ends the whole feature, as that of a gate does for a rule. */
  readonly endsFeature: boolean;
  /** The feature that asks for it; null for an inline experiment. */
  readonly asking: string | null;
  /** What must hold for the parent's value, as it was written. */
  readonly condition: unknown;
  /** Whether that is about the value itself alone: then the test is of the value, not of a record. */
  readonly isOfValue: boolean;
  /** The same, compiled. */
  readonly test: Instructions;
  /** The parent that is asked for after it; null after the last. */
  readonly next: Prerequisite | null;
}

/** What a trace needs to know of a rule. */
export interface TracedRule {
  /** The rule's id; `""` when it has none. */
  readonly id: string;
  /** The experiment that it runs; null when it runs none. */
  readonly experiment: {
    readonly experiment: { readonly key: string };
  } | null;
}

/** How far a user has come on the way to a variation. */
export interface Progress {
  /** The attribute that decides the bucket. */
  readonly hashAttribute: string;
  /** Its value; `""` when there is none. */
  readonly hashValue: unknown;
  /** The index of the variation; -1 when there is none yet. */
  variation: number;
  /** Whether the variation comes from a sticky bucket. */
  isSticky: boolean;
  /** Whether an assignment of too old a version excludes the user. */
  isBlocked: boolean;
}

/** Watches an evaluation as it goes. What it is told is what decided. */
export interface Trace {
  /** A rule is about to be tried. */
  readonly enterRule: (rule: TracedRule) => void;
  /** A parent feature was evaluated. */
  readonly prerequisite: (
    parent: Prerequisite,
    passed: boolean,
    result: FeatureResult,
  ) => void;
  /** A gate was checked. How far a user has come is kept for an experiment; for a rule it is null. */
  readonly gate: (
    step: Step,
    verdict: Verdict,
    progress: Progress | null,
    gates: CompiledGates,
    evaluation: Evaluation,
  ) => void;
  /** An experiment gave a result. */
  readonly experimentResult: (result: ExperimentResult) => void;
  /** A rule was tried: its result, null where it did not apply, and the failure of a malformed one. */
  readonly leaveRule: (
    result: FeatureResult | null,
    failure: Failure | null,
  ) => void;
}

/** That a rule is malformed. */
export interface Failure {
  /** What was thrown. */
  readonly error: unknown;
}

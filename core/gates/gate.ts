import type { Experiment } from "../types/experiment.ts";
import type { Check, Operation } from "./step.ts";

/** One thing that a user must pass to get the value of a rule or an experiment. */
export interface Gate<Definition, Origin> {
  /**
   * Whether it lets everybody through where the context sets no options (see `isWithoutOptions`) and
   * the URL asks for no variation, or is asked by itself then.
   */
  readonly needsOption?: boolean;
  /** Whether a sticky bucket opens it unseen. */
  readonly skippedBySticky?: boolean;
  /**
   * Makes the gate for a definition: a check, or what else the loop knows how to do; null where the
   * definition goes without. May throw for a malformed one.
   */
  readonly make: (
    definition: Definition,
    origin: Origin,
  ) => Check | Operation | null;
}

/** A gate of any definition, which has been made. */
export type AnyGate = Gate<never, never>;

/** The gates that a definition may have, by name, in order. */
export interface Gates<Definition, Origin> {
  readonly [name: string]: Gate<Definition, Origin>;
}

/** What a rule doesn't say of itself. */
export interface RuleOrigin {
  /** The feature that the rule belongs to. */
  readonly featureId: string;
  /** Whether a parent that is a gate ends the feature. */
  readonly endsFeature: true;
}

/** What an experiment's definition doesn't say. */
export interface ExperimentOrigin {
  /** The feature that the experiment belongs to; null for an inline one. */
  readonly featureId: string | null;
  /** Whether a parent that is a gate ends the feature. */
  readonly endsFeature: false;
  /** The experiment as it is defined: the context's overrides change neither its key nor its variations. */
  readonly base: Experiment;
}

import type { Condition } from "./condition.ts";

/** One leaf of a contextual bandit: the weights to use for the users it describes. */
export interface BanditContext {
  /** The number of the leaf; it is reported with the result. */
  readonly leafId: number;
  /** Who belongs to the leaf; absent means everyone. */
  readonly condition?: Condition;
  /** A weight for each variation. */
  readonly weights: readonly number[];
}

/** A contextual bandit: variation weights that depend on the user. */
export interface ContextualBandit {
  /** The version of the weights; it is reported with the result. */
  readonly banditVersion?: number;
  /** The leaves; the first whose condition holds decides. */
  readonly contexts: readonly BanditContext[];
}

/** Contextual bandits by reference. */
export interface ContextualBandits {
  /** The bandit that a rule's `contextualBanditRef` names. */
  readonly [reference: string]: ContextualBandit;
}

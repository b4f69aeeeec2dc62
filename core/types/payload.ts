import type { AutoExperiment } from "./auto_experiment.ts";
import type { ContextualBandits } from "./contextual_bandit.ts";
import type { FeatureDefinitions, TypedDefinitions } from "./feature.ts";
import type { SavedGroups } from "./saved_group.ts";

/**
 * What a GrowthBook server publishes: definitions to evaluate, spread into a context as they are.
 * `Payload<AppFeatures>` fits into a `Context<AppFeatures>`.
 */
export interface Payload<Features extends object = object> {
  /** Feature definitions by key. */
  readonly features: FeatureDefinitions & TypedDefinitions<Features>;
  /** Saved groups by id. */
  readonly savedGroups?: SavedGroups;
  /** Contextual bandits by reference. */
  readonly contextualBandits?: ContextualBandits;
  /** Auto experiments, in order. */
  readonly experiments?: readonly AutoExperiment[];
  /** When the definitions last changed, as ISO 8601. */
  readonly dateUpdated?: string;
}

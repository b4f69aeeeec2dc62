import type { Context } from "../../../core/types/context.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** What of a payload an evaluation reads. All names are given, so that they replace older ones. */
export interface Definitions {
  /** Feature definitions by key. */
  readonly features: Payload["features"];
  /** Saved groups by id. */
  readonly savedGroups: Context["savedGroups"];
  /** Contextual bandits by reference. */
  readonly contextualBandits: Context["contextualBandits"];
  /** Auto experiments, in order. */
  readonly experiments: Context["experiments"];
}

/** Gives what of a payload an evaluation reads. */
export function definitionsOf(
  { features, savedGroups, contextualBandits, experiments }: Payload,
): Definitions {
  return { features, savedGroups, contextualBandits, experiments };
}

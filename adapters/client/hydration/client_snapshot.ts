import type { FeatureDefinition } from "../../../core/types/feature.ts";
import type { Payload } from "../../../core/types/payload.ts";

/** What a server hands over to the client of a page, as `serializeSnapshot` of `./react` writes it. */
export interface ClientSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** The digest of the payload that decided. */
  readonly digest: string;
  /**
   * What was decided for each feature, by key: as a definition that gives this decision and no other.
   * Null for a feature that does not exist.
   */
  readonly decisions: { readonly [key: string]: FeatureDefinition | null };
  /** The fingerprints of the exposures that were recorded. */
  readonly exposures: readonly string[];
  /** The user's sticky buckets, as far as the decisions used them. */
  readonly sticky: readonly StickyHandover[];
  /** The payload itself, where it was asked for. */
  readonly payload?: Payload;
}

/** A sticky bucket document without the value that names its user, which the page knows. */
export interface StickyHandover {
  /** The attribute that names the user. */
  readonly attributeName: string;
  /** The fingerprint of its value. */
  readonly user: number;
  /** The keys of variations, by experiment and version. */
  readonly assignments: { readonly [name: string]: string };
}

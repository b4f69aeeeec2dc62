import type { Attributes } from "../../../core/types/attributes.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type {
  ForcedFeatureValues,
  ForcedVariations,
} from "../state/client_input.ts";

/** The user of a view. */
export interface User {
  /** The attributes of the user, laid over the client's. */
  readonly attributes: Attributes;
  /** The URL of the request; the client's where absent. */
  readonly url?: string;
  /** Variation indices by experiment key, instead of the client's. */
  readonly forcedVariations?: ForcedVariations;
  /** Values by feature key, instead of the client's. */
  readonly forcedFeatureValues?: ForcedFeatureValues;
  /** Attributes that replace the user's, for quality assurance, instead of the client's. */
  readonly attributeOverrides?: Attributes;
  /** `false` records nothing of what this user sees, such as before a consent; true by default. */
  readonly tracking?: boolean;
  /** The user's sticky buckets. Absent turns sticky bucketing off; see `loadUser`. */
  readonly stickyBucketAssignmentDocs?: StickyAssignmentDocuments;
}

import type { evolveStickyBuckets } from "../../../core/sticky/evolve_sticky_buckets.ts";
import type { StickyAssignmentDocuments } from "../../../core/types/sticky_bucket.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";
import type { StickyHandover } from "./client_snapshot.ts";
import type { userFingerprint } from "./exposure_fingerprint.ts";

/** What laying sticky buckets needs. It is handed over, so that this file loads nothing that the client has. */
export interface StickyTools {
  /** Adds assignments to documents. */
  readonly evolve: typeof evolveStickyBuckets;
  /** Gives the fingerprint of a user. */
  readonly fingerprint: typeof userFingerprint;
}

/** Lays the sticky buckets that a server handed over on those of a store, where they are of the same user. */
export function laySticky(
  handed: readonly StickyHandover[],
  names: readonly StickyDocumentName[],
  documents: StickyAssignmentDocuments,
  { evolve, fingerprint }: StickyTools,
): StickyAssignmentDocuments {
  return names.reduce(
    (known, { attributeName, attributeValue }) =>
      handed.reduce(
        (all, { attributeName: name, user, assignments }) =>
          name === attributeName && user === fingerprint(attributeValue)
            ? evolve(all, { attributeName, attributeValue, assignments })
            : all,
        known,
      ),
    documents,
  );
}
